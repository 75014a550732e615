/** Why Headway does not start, in one line with the remedy. */
export class CannotStart extends Error {
  override name = "CannotStart";
}
