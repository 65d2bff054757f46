/** The rectangle that a picture is drawn in: its places in pixels, its axes, its paper. */
import type { EChartsOption } from 'echarts';
import type { Palette } from './palette.ts';
import { FONT, FONT_PX } from './text.ts';
import type { ValueAxis } from './value-axis.ts';

/** CSS pixels; the picture has twice as many in each direction. */
export const WIDTH = 800;
export const HEIGHT = 500;
export const DENSITY = 2;

export interface Frame {
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  /** The plot: CSS pixels from the top left corner of the picture. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: AxisX;
  readonly y: ValueAxis;
}

export interface AxisX {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A picture ready to be drawn: the library's option and the size in CSS pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
}

export const xOf = ({ left, right, x }: Frame, at: number): number =>
  left + ((at - x.min) / (x.max - x.min)) * (right - left);

/** Values beyond the axis end at its edge. */
export function yOf({ top, bottom, y }: Frame, value: number): number {
  const inside = Math.min(y.max, Math.max(y.min, value));
  return bottom - ((inside - y.min) / (y.max - y.min)) * (bottom - top);
}

/** Paper, plot, axes with their figures. `hidden` are marks of the y axis that show no figure. */
export function baseOption(frame: Frame, hidden: ReadonlySet<number> = new Set()): EChartsOption {
  const { palette, left, top, right, bottom, x, y } = frame;
  const label = { color: palette.muted, fontSize: FONT_PX, fontFamily: FONT, margin: 12 };
  const shown = y.ticks.filter((tick) => !hidden.has(tick));
  return {
    animation: false,
    backgroundColor: palette.paper,
    textStyle: { fontFamily: FONT, fontSize: FONT_PX },
    grid: {
      left,
      top,
      width: right - left,
      height: bottom - top,
      outerBoundsMode: 'none',
      show: true,
      backgroundColor: palette.plot,
      borderWidth: 0,
    },
    xAxis: {
      type: 'value',
      min: x.min,
      max: x.max,
      axisLine: { show: true, onZero: false, lineStyle: { color: palette.axis, width: 2 } },
      axisTick: {
        show: true,
        length: 7,
        lineStyle: { color: palette.axis, width: 2 },
        customValues: x.ticks.map(({ at }) => at),
      },
      splitLine: { show: false },
      axisLabel: {
        ...label,
        customValues: x.ticks.map(({ at }) => at),
        formatter: (at: number) => x.ticks.find((tick) => tick.at === at)?.text ?? '',
      },
    },
    yAxis: {
      type: 'value',
      min: y.min,
      max: y.max,
      interval: y.step,
      axisLine: { show: false },
      axisTick: { show: false, customValues: [...y.ticks] },
      splitLine: { show: true, lineStyle: { color: palette.grid, width: 1.5 } },
      axisLabel: {
        ...label,
        customValues: shown,
        formatter: (value: number) => y.texts[nearest(y.ticks, value)] ?? '',
      },
    },
  };
}

function nearest(ticks: readonly number[], value: number): number {
  let best = 0;
  ticks.forEach((tick, i) => {
    if (Math.abs(tick - value) < Math.abs((ticks[best] ?? tick) - value)) best = i;
  });
  return best;
}
