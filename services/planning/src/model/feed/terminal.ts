import type { StopId, Terminal } from "../ids.ts";
import type { Stop } from "./feed.ts";

/** Metres within which stops of one name are one place: the two sides of a street or square, but not of a town. */
const samePlace = 500;
const metresPerDegree = 111_320;

/** The terminal of each stop: its station, or else the first stop of the same name close by. */
export const terminalsOf = (stops: readonly Stop[]): ReadonlyMap<StopId, Terminal> => {
  const known = new Set(stops.map(({ id }) => id));
  const named = new Map<string, Stop[]>();
  return new Map(
    stops.map((stop) => {
      if (stop.parent !== null && known.has(stop.parent)) return [stop.id, stop.parent];
      const others = named.get(stop.name) ?? [];
      const terminal = others.find((other) => isNear(stop, other));
      if (!terminal) named.set(stop.name, [...others, stop]);
      return [stop.id, (terminal ?? stop).id];
    }),
  );
};

/** Flat-earth distance, good to a per mille at this range. Where a stop has no position, its name must do. */
const isNear = ({ at: a }: Stop, { at: b }: Stop): boolean => {
  if (!a || !b) return true;
  const north = (a.latitude - b.latitude) * metresPerDegree;
  const east = (a.longitude - b.longitude) * metresPerDegree * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east) <= samePlace;
};
