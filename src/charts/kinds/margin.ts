/** Margin rates over time: the worst eight in colour, the account thick, the limits drawn in. */
import { percent } from '../plot/figures.ts';
import { baseOption, type Frame, type Picture, xOf, yOf } from '../plot/frame.ts';
import { lineSeries } from '../plot/line.ts';
import {
  dotMark,
  hiddenTicks,
  LAYER,
  type Level,
  levelMarks,
  type Mark,
  nothingMark,
  rectMark,
  unitMarks,
} from '../plot/marks.ts';
import { lineColour, type Palette, paletteOf } from '../plot/palette.ts';
import { lastKnown, type Point } from '../plot/points.ts';
import { type SideLabel, sideLabels, sideRoom } from '../plot/side-labels.ts';
import { linePoints, timeFrame, zoneUnit } from '../plot/time-frame.ts';
import { extent, type ValueAxis, valueAxis } from '../plot/value-axis.ts';
import { CHART_MARKS, type MarginSpec } from '../spec.ts';

const HIGHLIGHTED = 8;
/** Rates this many times the highest limit are of no interest and may run off the top. */
const INTERESTING = 6;
/** So many points in a line ask for a thinner one. */
const DENSE = 600;
const LEFT_PX = 96;
const RIGHT_MAX_PX = 232;

interface Line {
  readonly label: string;
  readonly points: readonly Point[];
  readonly last: number;
  readonly lastAt: number;
  /** The line goes on to the newest sample. */
  readonly isCurrent: boolean;
}

export function marginPicture(spec: MarginSpec): Picture {
  const palette = paletteOf(spec.theme);
  const lines = spec.positions.flatMap((position) => lineOf(spec, position)).sort(byRisk);
  const worst = lines.slice(0, HIGHLIGHTED);
  const account = linePoints(spec, spec.accountRates);
  const levels = levelsOf(spec, palette);
  const labels = labelsOf(worst, account, palette);
  const right = sideRoom(
    labels.map(({ name, figure }) => `${name} ${figure}`),
    RIGHT_MAX_PX,
  );
  const axis = axisOf(worst, account, levels);
  const frame = timeFrame(spec, axis, right, LEFT_PX);
  const isEmpty = lines.length === 0 && !lastKnown(account);
  const option = {
    ...baseOption(frame, hiddenTicks(frame, levels)),
    series: [
      lineSeries(oneAfterAnother(lines.slice(HIGHLIGHTED)), axis, {
        colour: palette.faint,
        width: 1.5,
        z: LAYER.faint,
      }),
      ...worst
        .map(({ points }, nth) => lineSeries(points, axis, styleOf(palette, nth, points.length)))
        .reverse(),
      lineSeries(account, axis, { colour: palette.ink, width: 6, z: LAYER.account }),
    ],
    graphic: {
      elements: [
        ...dangerShade(frame, spec.emergencyRatePct),
        ...levelMarks(frame, levels),
        ...endMarks(frame, worst),
        ...sideLabels(frame, labels),
        ...unitMarks(frame, '%', zoneUnit(spec)),
        ...(isEmpty ? [nothingMark(frame, CHART_MARKS.nothing)] : []),
      ],
    },
  };
  return { width: frame.width, height: frame.height, option };
}

function lineOf(spec: MarginSpec, position: MarginSpec['positions'][number]): Line[] {
  const points = linePoints(spec, position.values);
  const last = lastKnown(points);
  if (!last) return [];
  const isCurrent = last.at === spec.times.at(-1);
  return [{ label: position.label, points, last: last.value, lastAt: last.at, isCurrent }];
}

/** Lines of one look as one series, which draws two hundred of them as fast as one. */
function oneAfterAnother(lines: readonly Line[]): Point[] {
  return lines.flatMap(({ points, lastAt }) => [...points, { at: lastAt, value: null }]);
}

/** A dot where a position was seen for the last time. */
function endMarks(frame: Frame, lines: readonly Line[]): Mark[] {
  return lines.flatMap(({ isCurrent, last, lastAt }, nth) => {
    if (isCurrent || last > frame.y.max) return [];
    const { palette } = frame;
    const colour = lineColour(palette, nth);
    return [dotMark(xOf(frame, lastAt), yOf(frame, last), colour, palette.plot)];
  });
}

/** Lowest rate first; a position that is gone counts by its last rate. */
function byRisk(a: Line, b: Line): number {
  return a.last - b.last || (a.label < b.label ? -1 : 1);
}

/** The second half of the colours is dashed: the line is known by more than its hue. */
function styleOf(palette: Palette, nth: number, points: number) {
  const full = nth === 0 ? 4.5 : 3;
  const width = points > DENSE ? full * 0.6 : full;
  const dash = nth >= HIGHLIGHTED / 2 ? { dash: [14, 5] } : {};
  return { colour: lineColour(palette, nth), width, z: LAYER.line, ...dash };
}

function levelsOf(spec: MarginSpec, palette: Palette): Level[] {
  const level = (value: number | null, sign: string, colour: string): Level[] =>
    value === null ? [] : [{ value, text: `${sign}${short(value)}`, colour }];
  return [
    ...level(spec.emergencyRatePct, CHART_MARKS.emergency, palette.critical),
    ...level(spec.accountWarningPct, CHART_MARKS.warning, palette.warning),
  ];
}

const short = (rate: number): string => String(Number(rate.toFixed(2)));

function labelsOf(worst: readonly Line[], account: readonly Point[], palette: Palette) {
  const labels: SideLabel[] = worst.map(({ label, last, isCurrent }, nth) => ({
    name: label,
    figure: isCurrent ? percent(last) : '–',
    value: last,
    colour: lineColour(palette, nth),
    isBold: nth === 0,
    isLed: isCurrent,
  }));
  const now = lastKnown(account);
  if (!now) return labels;
  const mine = { name: CHART_MARKS.account, figure: percent(now.value), value: now.value };
  return [...labels, { ...mine, colour: palette.ink, isBold: true }];
}

/** Down to zero at least; up to what is at risk, so that the dangerous range stays readable. */
function axisOf(
  worst: readonly Line[],
  account: readonly Point[],
  levels: readonly Level[],
): ValueAxis {
  const limit = Math.max(0, ...levels.map(({ value }) => value));
  const all = [account, ...worst.map(({ points }) => points)];
  const span = extent(all.flatMap((points) => points.map(({ value }) => value)));
  const [low, high] = span ?? [0, limit];
  const needed = Math.max(
    limit * INTERESTING,
    ...[account, worst[0]?.points ?? []].map((points) => extent(valuesOf(points))?.[1] ?? 0),
  );
  const top = Math.min(Math.max(high, limit * 1.5), needed > 0 ? needed : high);
  return valueAxis([Math.min(0, low), Math.max(top, limit, 0.001)]);
}

const valuesOf = (points: readonly Point[]): (number | null)[] => points.map(({ value }) => value);

/** Everything below the emergency rate is tinted. */
function dangerShade(frame: Frame, ratePct: number | null) {
  if (ratePct === null || ratePct <= frame.y.min) return [];
  const top = yOf(frame, ratePct);
  const { left, right, bottom, palette } = frame;
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return [rectMark(box, palette.critical, { opacity: 0.13 })];
}
