/** One line of a picture as the library's series. */
import type { LineSeriesOption } from 'echarts';
import type { Point } from './points.ts';
import type { ValueAxis } from './value-axis.ts';

export interface LineStyle {
  readonly colour: string;
  readonly width: number;
  readonly z: number;
  readonly dash?: readonly number[];
  /** Fills the area to the bottom, the top or zero, this strongly (0 to 1). */
  readonly fill?: number;
  readonly fillTo?: 'start' | 'end';
  /** The value holds until the next one, as a setting does. */
  readonly isStep?: boolean;
  /** Lines of one stack stand on each other. */
  readonly stack?: string;
}

/**
 * A point without neighbours would be invisible in a line: it becomes a dot. Clipping costs a layer
 * of the whole picture, so only lines that leave the axis are clipped.
 */
export function lineSeries(
  points: readonly Point[],
  axis: ValueAxis,
  style: LineStyle,
): LineSeriesOption {
  const { colour, width, z } = style;
  const isKnown = (i: number) => (points[i]?.value ?? null) !== null;
  return {
    type: 'line',
    z,
    silent: true,
    clip: points.some(({ value }) => value !== null && (value < axis.min || value > axis.max)),
    connectNulls: false,
    symbol: 'none',
    lineStyle: {
      color: colour,
      width,
      type: style.dash ? [...style.dash] : 'solid',
      join: 'round',
      cap: style.dash ? 'butt' : 'round',
    },
    itemStyle: { color: colour },
    ...(style.fill === undefined ? {} : { areaStyle: areaOf(style, style.fill) }),
    ...(style.isStep ? { step: 'end' } : {}),
    ...(style.stack === undefined ? {} : { stack: style.stack, stackStrategy: 'all' }),
    data: points.map(({ at, value }, i) => {
      if (value === null) return [at, '-'];
      const y = near(value, axis);
      if (isKnown(i - 1) || isKnown(i + 1)) return [at, y];
      return { value: [at, y], symbol: 'circle', symbolSize: Math.max(10, width * 2.5) };
    }),
  };
}

function areaOf({ colour, fillTo }: LineStyle, opacity: number) {
  return { color: colour, opacity, ...(fillTo === undefined ? {} : { origin: fillTo }) };
}

/** The renderer dies of shapes that are far outside of the picture; nobody sees the difference. */
function near(value: number, { min, max }: ValueAxis): number {
  return Math.min(2 * max - min, Math.max(2 * min - max, value));
}
