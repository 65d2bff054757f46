import type { Frame } from './frame.ts';
import { yOf } from './frame.ts';
import { lineMark, type Mark } from './marks.ts';

/** A stronger line at zero where the axis goes below it, so that a debt is seen as one. */
export function zeroMarks(frame: Frame): Mark[] {
  if (frame.y.min >= 0 || frame.y.max <= 0) return [];
  const y = yOf(frame, 0);
  return [lineMark([frame.left, y, frame.right, y], frame.palette.axis, 2.5)];
}
