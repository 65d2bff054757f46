/** The column right of the plot: what each line is and where it stands now. */
import { type Frame, yOf } from './frame.ts';
import { LAYER, lineMark, type Mark, textMark } from './marks.ts';
import { spread } from './spread.ts';
import { fitted, LINE_PX, widthOf } from './text.ts';

export interface SideLabel {
  readonly name: string;
  /** The figure, which is never shortened. */
  readonly figure: string;
  /** Where the line ends, on the y axis. */
  readonly value: number;
  readonly colour: string;
  readonly isBold?: boolean;
  /** The line reaches the right edge, and a thin one leads from there to the label. */
  readonly isLed?: boolean;
}

const LEADER_PX = 20;
const PADDING_PX = 6;

/** Names give way to figures when the column is too narrow for both. */
export function sideLabels(frame: Frame, labels: readonly SideLabel[]): Mark[] {
  const room = frame.width - frame.right - LEADER_PX - 2 * PADDING_PX;
  const wanted = labels.map(({ value }) => yOf(frame, value));
  const low = frame.top + LINE_PX / 2 - 12;
  const heights = spread(wanted, LINE_PX, low, frame.bottom - LINE_PX / 2);
  return labels.flatMap((label, i) => {
    const from = wanted[i] ?? 0;
    const to = heights[i] ?? 0;
    const figure = `${label.figure}${beyond(frame, label.value)}`;
    const name = fitted(label.name, room - widthOf(` ${figure}`));
    const x = frame.right + LEADER_PX + PADDING_PX;
    const text = figure === '' ? name : `${name} ${figure}`;
    const ends = [frame.right + 2, from, frame.right + LEADER_PX, to] as const;
    const leader = lineMark(ends, label.colour, 2, { z: LAYER.label });
    const words = textMark(text, x, to, { colour: label.colour, isBold: label.isBold ?? false });
    return label.isLed === false ? [words] : [leader, words];
  });
}

/** An arrow for a value that the axis does not reach. */
function beyond({ y }: Frame, value: number): string {
  if (value > y.max) return '↑';
  return value < y.min ? '↓' : '';
}

/** Room that labels of this width need at the right, between 96 px and `most`. */
export function sideRoom(texts: readonly string[], most: number): number {
  const widest = Math.max(0, ...texts.map((text) => widthOf(text)));
  return Math.min(most, Math.max(96, Math.ceil(widest) + LEADER_PX + 2 * PADDING_PX));
}
