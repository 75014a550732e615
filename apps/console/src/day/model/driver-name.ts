type Named = { readonly driverName: string | null; readonly driverNumber: string | null };

/** What a driver is called: by number where the name is not known. */
export const driverNameOf = ({ driverName, driverNumber }: Named): string =>
  driverName ?? (driverNumber === null ? "A driver" : `Driver ${driverNumber}`);
