/** The price of one symbol, where it would be liquidated over time, and where it was entered. */
import { price } from '../plot/figures.ts';
import { baseOption, type Frame, type Picture, yOf } from '../plot/frame.ts';
import { lineSeries } from '../plot/line.ts';
import { LAYER, lineMark, type Mark, nothingMark, unitMarks } from '../plot/marks.ts';
import { lineColour, paletteOf } from '../plot/palette.ts';
import { lastKnown, type Point } from '../plot/points.ts';
import { type SideLabel, sideLabels, sideRoom } from '../plot/side-labels.ts';
import { linePoints, timeFrame, zoneUnit } from '../plot/time-frame.ts';
import { extent, valueAxis } from '../plot/value-axis.ts';
import { CHART_MARKS, type PriceSpec } from '../spec.ts';

const RIGHT_MAX_PX = 250;
/** The price keeps at least this share of the height; levels further away stand at the edge. */
const PRICE_SHARE = 0.12;

export function pricePicture(spec: PriceSpec): Picture {
  const palette = paletteOf(spec.theme);
  const prices = linePoints(spec, spec.prices);
  const liquidation = linePoints(spec, spec.liquidationPrices);
  const last = lastKnown(prices);
  const limit = lastKnown(liquidation);
  const labels = labelsOf(spec, last?.value, limit?.value);
  const axis = valueAxis(rangeOf(prices, liquidation, spec.entryPrice));
  const right = sideRoom(
    labels.map(({ name, figure }) => `${name} ${figure}↑`),
    RIGHT_MAX_PX,
  );
  const frame = timeFrame(spec, axis, right);
  const colour = lineColour(palette, 0);
  const option = {
    ...baseOption(frame),
    series: [
      lineSeries(liquidation, axis, {
        colour: palette.critical,
        width: 4,
        z: LAYER.line,
        isStep: true,
        // The side that the position does not survive.
        fill: 0.15,
        fillTo: limit && last && limit.value > last.value ? 'end' : 'start',
      }),
      lineSeries(prices, axis, { colour, width: 4.5, z: LAYER.account }),
    ],
    graphic: {
      elements: [
        ...entryMarks(frame, spec.entryPrice),
        ...sideLabels(frame, labels),
        ...unitMarks(frame, spec.currency, zoneUnit(spec)),
        ...(last || limit ? [] : [nothingMark(frame, CHART_MARKS.nothing)]),
      ],
    },
  };
  return { width: frame.width, height: frame.height, option };
}

function labelsOf(spec: PriceSpec, now: number | undefined, limit: number | undefined) {
  const palette = paletteOf(spec.theme);
  const rows = [
    { value: now, name: CHART_MARKS.price, colour: lineColour(palette, 0), isBold: true },
    { value: spec.entryPrice, name: CHART_MARKS.entry, colour: palette.muted },
    { value: limit, name: CHART_MARKS.liquidation, colour: palette.critical, isBold: true },
  ];
  return rows.flatMap(({ value, ...label }): SideLabel[] =>
    value === undefined || value === null ? [] : [{ ...label, value, figure: price(value) }],
  );
}

/** All that is near enough to leave the price its share of the height. */
function rangeOf(
  prices: readonly Point[],
  liquidation: readonly Point[],
  entryPrice: number | null,
): number[] {
  const span = extent(prices.map(({ value }) => value));
  const others = [entryPrice, ...liquidation.map(({ value }) => value)];
  if (!span) return others.filter((value) => value !== null);
  const [low, high] = span;
  const room = Math.max(high - low, high * 0.01) / PRICE_SHARE;
  const near = others.filter(
    (value) => value !== null && value > high - room && value < low + room,
  );
  return [low, high, ...near.filter((value) => value !== null)];
}

function entryMarks(frame: Frame, entryPrice: number | null): Mark[] {
  if (entryPrice === null || entryPrice < frame.y.min || entryPrice > frame.y.max) return [];
  const y = yOf(frame, entryPrice);
  const { left, right, palette } = frame;
  return [lineMark([left, y, right, y], palette.muted, 2.5, { dash: [4, 7] })];
}
