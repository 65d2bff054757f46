/** Things drawn at known places over the plot: texts, threshold lines, filled labels. */
import { type Frame, yOf } from './frame.ts';
import { spread } from './spread.ts';
import { FONT, FONT_PX, LINE_PX, widthOf } from './text.ts';

/** What the library's `graphic` component accepts, as far as it is used here. */
export interface Mark {
  readonly type: 'text' | 'rect' | 'line' | 'circle';
  readonly z: number;
  readonly silent: true;
  readonly shape?: object;
  readonly style: object;
}

/** Layers, from the back. */
export const LAYER = { shade: 1, faint: 2, level: 3, line: 4, account: 5, label: 6 } as const;

export interface TextStyle {
  readonly colour: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly isBold?: boolean;
  readonly fontPx?: number;
}

/** A text whose middle is at height y. */
export function textMark(text: string, x: number, y: number, style: TextStyle): Mark {
  return {
    type: 'text',
    z: LAYER.label,
    silent: true,
    style: {
      text,
      x,
      y,
      fill: style.colour,
      fontFamily: FONT,
      fontSize: style.fontPx ?? FONT_PX,
      fontWeight: style.isBold ? 'bold' : 'normal',
      align: style.align ?? 'left',
      verticalAlign: 'middle',
    },
  };
}

export function lineMark(
  ends: readonly [number, number, number, number],
  colour: string,
  width: number,
  options: { readonly dash?: readonly number[]; readonly z?: number } = {},
): Mark {
  const [x1, y1, x2, y2] = ends;
  return {
    type: 'line',
    z: options.z ?? LAYER.level,
    silent: true,
    shape: { x1, y1, x2, y2 },
    style: { stroke: colour, lineWidth: width, lineDash: options.dash ? [...options.dash] : null },
  };
}

export function rectMark(
  box: { x: number; y: number; width: number; height: number; r?: number },
  colour: string,
  options: { readonly opacity?: number; readonly z?: number } = {},
): Mark {
  return {
    type: 'rect',
    z: options.z ?? LAYER.shade,
    silent: true,
    shape: box,
    style: { fill: colour, opacity: options.opacity ?? 1 },
  };
}

/** Where a line ends before the newest sample. */
export function dotMark(x: number, y: number, colour: string, ring: string): Mark {
  const style = { fill: colour, stroke: ring, lineWidth: 3 };
  return { type: 'circle', z: LAYER.label, silent: true, shape: { cx: x, cy: y, r: 8 }, style };
}

/** The unit of the y axis above it, and that of the x axis at the right end of its figures. */
export function unitMarks(frame: Frame, unitY: string, unitX = ''): Mark[] {
  const colour = frame.palette.muted;
  const [right, below] = [frame.width - 16, frame.bottom + 26];
  return [
    textMark(unitY, 18, frame.top - 36, { colour }),
    textMark(unitX, right, below, { colour, align: 'right' }),
  ];
}

/** A value that matters, drawn across the plot with its figure on the axis. */
export interface Level {
  readonly value: number;
  readonly text: string;
  readonly colour: string;
}

/** Levels with filled labels in the left margin; a level outside the axis is left out. */
export function levelMarks(frame: Frame, levels: readonly Level[]): Mark[] {
  return placed(frame, levels).flatMap(({ value, text, colour, middle }) => {
    const y = yOf(frame, value);
    const width = widthOf(text) + 12;
    const x = frame.left - 6 - width;
    const box = { x, y: middle - LINE_PX / 2, width, height: LINE_PX, r: 7 };
    const onFill = { colour: frame.palette.onFill, align: 'center', isBold: true } as const;
    return [
      lineMark([frame.left, y, frame.right, y], colour, 3, { dash: [12, 7] }),
      lineMark([frame.left - 6, middle, frame.left, y], colour, 2),
      rectMark(box, colour, { z: LAYER.label }),
      textMark(text, x + width / 2, middle, onFill),
    ];
  });
}

/** Marks of the y axis whose figures would stand under the label of a level. */
export function hiddenTicks(frame: Frame, levels: readonly Level[]): Set<number> {
  const labels = placed(frame, levels);
  const isCovered = (tick: number) =>
    labels.some(({ middle }) => Math.abs(middle - yOf(frame, tick)) < LINE_PX);
  return new Set(frame.y.ticks.filter(isCovered));
}

/** The levels inside the axis with the heights of their labels, none over another. */
function placed(frame: Frame, levels: readonly Level[]): (Level & { readonly middle: number })[] {
  const shown = levels.filter(({ value }) => value >= frame.y.min && value <= frame.y.max);
  const wanted = shown.map(({ value }) => yOf(frame, value));
  const heights = spread(wanted, LINE_PX + 4, frame.top, frame.bottom);
  return shown.map((level, i) => ({ ...level, middle: heights[i] ?? 0 }));
}

/** The sign for a picture without a single value. */
export function nothingMark(frame: Frame, sign: string): Mark {
  const middle = (frame.top + frame.bottom) / 2;
  return textMark(sign, (frame.left + frame.right) / 2, middle, {
    colour: frame.palette.muted,
    align: 'center',
    fontPx: 88,
  });
}
