/** The frame of pictures over time. */
import { HOUR_MS } from '../../core/time.ts';
import type { OverTimeSpec } from '../spec.ts';
import { type AxisX, type Frame, HEIGHT, WIDTH } from './frame.ts';
import { paletteOf } from './palette.ts';
import { type Point, pointsOf, thinned, usualGapMs } from './points.ts';
import { widthOf } from './text.ts';
import { timeTicks } from './time-ticks.ts';
import type { ValueAxis } from './value-axis.ts';
import { zoneText } from './zone.ts';

const TICK_ROOM_PX = 104;
const TOP_PX = 62;
const BOTTOM_PX = 52;
const LEFT_PX = 64;

/** Wide enough for the figures of the y axis at the left, and `rightPx` for labels. */
export function timeFrame(
  spec: OverTimeSpec,
  y: ValueAxis,
  rightPx: number,
  leftPx: number = LEFT_PX,
): Frame {
  const figures = Math.max(...y.texts.map((text) => widthOf(text))) + 26;
  const left = Math.ceil(Math.max(leftPx, figures));
  const right = WIDTH - rightPx;
  const x = timeAxis(spec, Math.floor((right - left) / TICK_ROOM_PX) + 1);
  const palette = paletteOf(spec.theme);
  const edges = { left, right, top: TOP_PX, bottom: HEIGHT - BOTTOM_PX };
  return { palette, width: WIDTH, height: HEIGHT, ...edges, x, y };
}

/** The span shown; a single moment gets half an hour on both sides. */
export function spanOf(spec: OverTimeSpec): [number, number] | undefined {
  const from = spec.fromAt ?? spec.times[0] ?? spec.toAt;
  const to = spec.toAt ?? spec.times.at(-1) ?? spec.fromAt;
  if (from === undefined || to === undefined) return undefined;
  return to > from ? [from, to] : [to - HOUR_MS / 2, to + HOUR_MS / 2];
}

/** `UTC+8`: the zone at the end of the span. */
export function zoneUnit(spec: OverTimeSpec): string {
  return zoneText(spec.zone, spanOf(spec)?.[1] ?? 0);
}

/** The points of one line within the span shown. */
export function linePoints(
  spec: OverTimeSpec,
  values: readonly (number | null)[],
): readonly Point[] {
  const [from, to] = spanOf(spec) ?? [0, 0];
  const points = pointsOf(spec.times, values, spec.gapMs ?? usualGapMs(spec.times));
  return thinned(
    points.filter(({ at }) => at >= from && at <= to),
    from,
    to,
  );
}

function timeAxis(spec: OverTimeSpec, most: number): AxisX {
  const span = spanOf(spec);
  if (!span) return { min: 0, max: 1, ticks: [] };
  const [min, max] = span;
  return { min, max, ticks: timeTicks(min, max, spec.zone, most) };
}
