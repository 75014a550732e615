/**
 * ARIA roles of a grid that is drawn with plain boxes: its lines are placed by pixels, which no table can do.
 * The grid itself has the focus and says which line is the active one.
 */
export const gridRow = (index: number, selected: boolean | null = null) =>
  ({ role: "row", "aria-rowindex": index, ...(selected === null ? {} : { "aria-selected": selected }) }) as const;

export const columnHeader = { role: "columnheader" } as const;
export const rowHeader = { role: "rowheader" } as const;
export const gridCell = { role: "gridcell" } as const;
export const wideGridCell = { role: "gridcell", "aria-colspan": 2 } as const;

/** The grid around them. `rows` counts the head, too. */
export const grid = (label: string, rows: number, active: string | null) =>
  ({
    role: "grid",
    "aria-label": label,
    "aria-rowcount": rows,
    ...(active === null ? {} : { "aria-activedescendant": active }),
  }) as const;

/** What scrolls can have the focus, or nobody scrolls it without a mouse. */
export const scrolling = { tabIndex: 0 } as const;

/** A list under a text field, which keeps the focus. */
export const listBox = { role: "listbox", id: "found", "aria-label": "Found" } as const;

type Pointing = { readonly onPoint: () => void; readonly onPick: () => void };

export const option = (index: number, selected: boolean, { onPoint, onPick }: Pointing) =>
  ({
    role: "option",
    id: `found-${index}`,
    "aria-selected": selected,
    onMouseMove: onPoint,
    onPointerUp: onPick,
  }) as const;
