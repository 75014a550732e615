import type { Duty } from "./duty.ts";

/** What the timeline spans, in service seconds. */
export type Span = { readonly from: number; readonly to: number };

/** How service seconds become pixels. */
export type Scale = Span & { readonly pixelsPerMinute: number; readonly width: number };

/** Minutes in view; `day` is all of it. */
export type Zoom = "day" | 480 | 240 | 120 | 60 | 30 | 15;

export const zooms: readonly Zoom[] = ["day", 480, 240, 120, 60, 30, 15];

const hour = 3600;
const quietDay: Span = { from: 4 * hour, to: 26 * hour };
const margin = 600;

/** From the first pull-out (or sign-on) to the last clear time, widened to whole hours. */
export const spanOf = (duties: readonly Duty[]): Span => {
  if (duties.length === 0) return quietDay;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const duty of duties) {
    from = Math.min(from, duty.starts, duty.signedOn ?? duty.starts);
    to = Math.max(to, duty.ends, duty.signedOff ?? duty.ends);
  }
  return { from: Math.floor((from - margin) / hour) * hour, to: Math.ceil((to + margin) / hour) * hour };
};

/** The scale that shows `zoom` minutes in `viewWidth` pixels; never smaller than the view. */
export const scaleOf = (span: Span, zoom: Zoom, viewWidth: number): Scale => {
  const minutes = (span.to - span.from) / 60;
  const pixelsPerMinute = viewWidth / (zoom === "day" ? minutes : Math.min(zoom, minutes));
  return { ...span, pixelsPerMinute, width: Math.round(minutes * pixelsPerMinute) };
};

/** Pixels from the left edge of the track. */
export const xOf = (scale: Scale, seconds: number): number => ((seconds - scale.from) / 60) * scale.pixelsPerMinute;

/** Service seconds at a distance from the left edge of the track; the inverse of `xOf`. */
export const secondsAt = (scale: Scale, x: number): number => scale.from + (x / scale.pixelsPerMinute) * 60;

/** The next finer (`1`) or coarser (`-1`) zoom. */
export const stepZoom = (zoom: Zoom, direction: 1 | -1): Zoom =>
  zooms[Math.min(zooms.length - 1, Math.max(0, zooms.indexOf(zoom) + direction))] ?? zoom;
