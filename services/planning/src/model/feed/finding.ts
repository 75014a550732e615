/** What is wrong with a feed. An error refuses the feed; a warning says what was made of it. */
export type FeedFinding = {
  readonly severity: "error" | "warning";
  readonly file: string;
  /** Counted as a spreadsheet counts: the header is row 1. Null when the finding is about the whole file. */
  readonly row: number | null;
  readonly field: string | null;
  readonly message: string;
};

export type Place = Pick<FeedFinding, "file" | "row" | "field">;

/** Collects findings: keeps the first of each severity, for a feed can be wrong a million times over. */
export class Findings {
  readonly #most: number;
  readonly #kept = { error: [] as FeedFinding[], warning: [] as FeedFinding[] };
  readonly #wrongFiles = new Set<string>();
  #errors = 0;

  constructor(most = 500) {
    this.#most = most;
  }

  error(place: Place, message: string): void {
    this.#errors += 1;
    this.#wrongFiles.add(place.file);
    this.#add({ severity: "error", ...place, message });
  }

  /** A file is wrong as a whole: what was found in its rows is told no more. */
  refuse(place: Place, message: string): void {
    this.#kept.error = this.#kept.error.filter(({ file }) => file !== place.file);
    this.error(place, message);
  }

  warn(place: Place, message: string): void {
    this.#add({ severity: "warning", ...place, message });
  }

  /** How many errors there were, kept or not. */
  get errors(): number {
    return this.#errors;
  }

  /** Errors before warnings, each in the order in which they were found. */
  get kept(): readonly FeedFinding[] {
    return [...this.#kept.error, ...this.#kept.warning];
  }

  /** Whether no error was found in the file so far. */
  isSound(file: string): boolean {
    return !this.#wrongFiles.has(file);
  }

  #add(finding: FeedFinding): void {
    const kept = this.#kept[finding.severity];
    if (kept.length < this.#most) kept.push(finding);
  }
}
