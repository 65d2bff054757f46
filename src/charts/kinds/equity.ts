/** Equity and free balance over time. */
import { short } from '../plot/figures.ts';
import { baseOption, type Picture } from '../plot/frame.ts';
import { lineSeries } from '../plot/line.ts';
import { LAYER, nothingMark, unitMarks } from '../plot/marks.ts';
import { lineColour, paletteOf } from '../plot/palette.ts';
import { lastKnown } from '../plot/points.ts';
import { type SideLabel, sideLabels, sideRoom } from '../plot/side-labels.ts';
import { linePoints, timeFrame, zoneUnit } from '../plot/time-frame.ts';
import { extent, valueAxis } from '../plot/value-axis.ts';
import { zeroMarks } from '../plot/zero.ts';
import { CHART_MARKS, type EquitySpec } from '../spec.ts';

const RIGHT_MAX_PX = 200;

export function equityPicture(spec: EquitySpec): Picture {
  const palette = paletteOf(spec.theme);
  const equity = linePoints(spec, spec.equity);
  const free = linePoints(spec, spec.free);
  const labels = [
    { points: equity, name: CHART_MARKS.account, colour: palette.ink, isBold: true },
    { points: free, name: CHART_MARKS.free, colour: lineColour(palette, 0), isBold: false },
  ].flatMap(({ points, ...label }): SideLabel[] => {
    const last = lastKnown(points);
    return last ? [{ ...label, figure: short(last.value), value: last.value }] : [];
  });
  const span = extent([...equity, ...free].map(({ value }) => value));
  const right = sideRoom(
    labels.map(({ name, figure }) => `${name} ${figure}`),
    RIGHT_MAX_PX,
  );
  const axis = valueAxis(span ? withZero(span) : []);
  const frame = timeFrame(spec, axis, right);
  const option = {
    ...baseOption(frame),
    series: [
      lineSeries(free, axis, {
        colour: lineColour(palette, 0),
        width: 3.5,
        z: LAYER.line,
        fill: 0.16,
      }),
      lineSeries(equity, axis, { colour: palette.ink, width: 5.5, z: LAYER.account, fill: 0.05 }),
    ],
    graphic: {
      elements: [
        ...zeroMarks(frame),
        ...sideLabels(frame, labels),
        ...unitMarks(frame, spec.currency, zoneUnit(spec)),
        ...(span ? [] : [nothingMark(frame, CHART_MARKS.nothing)]),
      ],
    },
  };
  return { width: frame.width, height: frame.height, option };
}

/** Zero belongs to the axis as soon as the lines come near it: half way down, say. */
function withZero([low, high]: readonly [number, number]): number[] {
  return low > 0 && low < high / 2 ? [0, high] : [low, high];
}
