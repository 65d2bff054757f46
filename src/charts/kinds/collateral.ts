/** Collateral stacked by position over time, with equity as a line. */
import { short } from '../plot/figures.ts';
import { baseOption, type Picture } from '../plot/frame.ts';
import { lineSeries } from '../plot/line.ts';
import { LAYER, nothingMark, unitMarks } from '../plot/marks.ts';
import { lineColour, type Palette, paletteOf } from '../plot/palette.ts';
import { lastKnown, type Point } from '../plot/points.ts';
import { type SideLabel, sideLabels, sideRoom } from '../plot/side-labels.ts';
import { type Band, bandsOf, sampledTimes } from '../plot/stack.ts';
import { linePoints, spanOf, timeFrame, zoneUnit } from '../plot/time-frame.ts';
import { extent, valueAxis } from '../plot/value-axis.ts';
import { zeroMarks } from '../plot/zero.ts';
import { CHART_MARKS, type CollateralSpec } from '../spec.ts';

const BANDS = 8;
const RIGHT_MAX_PX = 232;

export function collateralPicture(spec: CollateralSpec): Picture {
  const palette = paletteOf(spec.theme);
  const shown = sampledTimes(spec.times, spanOf(spec));
  const bands = bandsOf(spec.positions, shown, BANDS);
  const equity = linePoints(spec, spec.equity);
  const times = { ...spec, times: shown.map((i) => spec.times[i] ?? 0) };
  const tops = bands.at(-1)?.tops ?? [];
  const span = extent([0, ...tops, ...equity.map(({ value }) => value)]);
  const labels = labelsOf(bands, equity, palette);
  const right = sideRoom(
    labels.map(({ name, figure }) => `${name} ${figure}`),
    RIGHT_MAX_PX,
  );
  const axis = valueAxis(span && span[1] > span[0] ? span : []);
  const frame = timeFrame(spec, axis, right);
  const isEmpty = !tops.some((top) => top !== null) && !lastKnown(equity);
  const option = {
    ...baseOption(frame),
    series: [
      ...bands.map((band, nth) => {
        const colour = colourOf(band, palette, nth);
        const style = { colour, width: 1.5, z: LAYER.faint, fill: 0.78, stack: 'collateral' };
        return lineSeries(linePoints(times, band.values), axis, style);
      }),
      lineSeries(equity, axis, { colour: palette.plot, width: 9, z: LAYER.line }),
      lineSeries(equity, axis, { colour: palette.ink, width: 5, z: LAYER.account }),
    ],
    graphic: {
      elements: [
        ...zeroMarks(frame),
        ...sideLabels(frame, labels),
        ...unitMarks(frame, spec.currency, zoneUnit(spec)),
        ...(isEmpty ? [nothingMark(frame, CHART_MARKS.nothing)] : []),
      ],
    },
  };
  return { width: frame.width, height: frame.height, option };
}

function labelsOf(bands: readonly Band[], equity: readonly Point[], palette: Palette): SideLabel[] {
  const labels = bands.flatMap((band, nth): SideLabel[] => {
    const top = band.tops.at(-1) ?? null;
    const now = band.values.at(-1) ?? null;
    if (top === null || now === null || now === 0) return [];
    const colour = band.isRest ? palette.muted : colourOf(band, palette, nth);
    return [{ name: band.label, figure: short(now), value: top - now / 2, colour }];
  });
  const now = lastKnown(equity);
  if (!now) return labels;
  const mine = { name: CHART_MARKS.account, figure: short(now.value), value: now.value };
  return [...labels, { ...mine, colour: palette.ink, isBold: true }];
}

const colourOf = (band: Band, palette: Palette, nth: number): string =>
  band.isRest ? palette.faint : lineColour(palette, nth);
