/** A rebuild that is under way; a later one takes its place. */
export type Rebuild = { readonly number: number };

/** How far a service's log has been read, and how many events were read this time. */
export type Progress = { readonly position: bigint; readonly events: number };
