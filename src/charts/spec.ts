/**
 * What a picture shows, as plain data. Titles and words belong into the caption of the message, in
 * the reader's language: the fonts here hold no CJK glyphs, so a picture carries figures, symbols,
 * units and times only. `CHART_MARKS` are the signs a caption may explain.
 */
import { z } from 'zod';
import { isZone } from './plot/zone.ts';

/** The signs that stand for words inside the pictures. */
export const CHART_MARKS = {
  /** The whole account: its margin rate, or its equity. */
  account: 'Σ',
  /** Free balance. */
  free: '○',
  emergency: '⚡',
  warning: '⚠',
  price: '●',
  entry: '◆',
  liquidation: '✖',
  /** Nothing is known for the span shown. */
  nothing: '∅',
  unknown: '?',
} as const;

export const POSITIONS_MAX = 200;
export const TIMES_MAX = 20_000;
/** Of all lines together. */
export const VALUES_MAX = 120_000;
const LINES_MAX = 12;
const RATE_PCT_MAX = 1e6;

const at = z.number().int().min(0).max(8.64e15);
const value = z.number().min(-1e15).max(1e15).nullable();
const times = z
  .array(at)
  .max(TIMES_MAX)
  .refine((list) => list.every((time, i) => i === 0 || time > (list[i - 1] ?? 0)), {
    error: 'times in rising order, none twice',
  });
/** One per time; null where it is not known. */
const values = z.array(value).max(TIMES_MAX);
/** What the fonts can show: printable Latin letters and a few signs. */
const label = z.string().regex(/^[\x20-\x7e▲▼◆●○Σ×·…]{1,40}$/u, 'a label in Latin letters');
const unit = z.string().regex(/^[\x21-\x7e×€₮](?:[\x20-\x7e×€₮]{0,10}[\x21-\x7e×€₮])?$/u, 'a unit');

const theme = z.enum(['dark', 'light']);
const overTime = {
  theme,
  /** An IANA zone such as `Asia/Taipei`, or the offset from UTC in minutes. */
  zone: z.union([
    z.number().int().min(-840).max(840),
    z.string().max(60).refine(isZone, { error: 'a time zone' }),
  ]),
  times,
  /** Time axis; the first and last of the times when left out. */
  fromAt: at.optional(),
  toAt: at.optional(),
  /** Times further apart than this are not joined; three usual distances when left out. */
  gapMs: z.number().int().min(1).optional(),
};
const lines = z.array(z.strictObject({ label, values })).max(POSITIONS_MAX);
const currency = unit;
const levelPct = z.number().min(0).max(RATE_PCT_MAX).nullable();

/** Margin rates in percent over time; the worst eight stand out. */
export const marginSpec = z.strictObject({
  kind: z.literal('margin'),
  ...overTime,
  positions: lines,
  accountRates: values,
  emergencyRatePct: levelPct,
  accountWarningPct: levelPct,
});

/** Equity and free balance over time. */
export const equitySpec = z.strictObject({
  kind: z.literal('equity'),
  ...overTime,
  currency,
  equity: values,
  free: values,
});

/** Collateral stacked by position over time, equity as a line. Null: no such position then. */
export const collateralSpec = z.strictObject({
  kind: z.literal('collateral'),
  ...overTime,
  currency,
  positions: lines,
  equity: values,
});

/** Mark price of one symbol, with its liquidation price (over time) and its entry price. */
export const priceSpec = z.strictObject({
  kind: z.literal('price'),
  ...overTime,
  currency,
  prices: values,
  liquidationPrices: values,
  entryPrice: z.number().positive().max(1e15).nullable(),
});

/** Lines over a number such as leverage, in percent from 0 to 100. */
export const survivalSpec = z.strictObject({
  kind: z.literal('survival'),
  theme,
  xUnit: unit,
  lines: z
    .array(
      z.strictObject({
        label,
        points: z
          .array(z.tuple([z.number().min(-1e9).max(1e9), z.number().min(0).max(100).nullable()]))
          .max(1_000),
      }),
    )
    .max(LINES_MAX),
});

/** Distance to liquidation of each position now; null where it is not known. */
export const positionsSpec = z.strictObject({
  kind: z.literal('positions'),
  theme,
  positions: z
    .array(
      z.strictObject({
        label,
        distancePct: z.number().min(0).max(RATE_PCT_MAX).nullable(),
        danger: z.enum(['calm', 'warning', 'critical']),
      }),
    )
    .max(POSITIONS_MAX),
});

export const chartSpecSchema = z
  .discriminatedUnion('kind', [
    marginSpec,
    equitySpec,
    collateralSpec,
    priceSpec,
    survivalSpec,
    positionsSpec,
  ])
  .superRefine((spec, issues) => {
    if (!('times' in spec)) return;
    for (const [name, list] of seriesOf(spec)) {
      if (list.length === spec.times.length) continue;
      const message = `${spec.times.length} values in ${name}, one per time, was ${list.length}`;
      issues.addIssue({ code: 'custom', message });
    }
    if (spec.fromAt !== undefined && spec.toAt !== undefined && spec.fromAt >= spec.toAt) {
      issues.addIssue({ code: 'custom', message: 'fromAt before toAt' });
    }
  });

export type ChartSpec = z.infer<typeof chartSpecSchema>;
export type MarginSpec = z.infer<typeof marginSpec>;
export type EquitySpec = z.infer<typeof equitySpec>;
export type CollateralSpec = z.infer<typeof collateralSpec>;
export type PriceSpec = z.infer<typeof priceSpec>;
export type SurvivalSpec = z.infer<typeof survivalSpec>;
export type PositionsSpec = z.infer<typeof positionsSpec>;
export type Theme = z.infer<typeof theme>;
export type OverTimeSpec = Exclude<ChartSpec, SurvivalSpec | PositionsSpec>;

/** Every list of a specification that has one value per time, with its name. */
function seriesOf(spec: OverTimeSpec): [string, readonly (number | null)[]][] {
  switch (spec.kind) {
    case 'margin':
      return [['accountRates', spec.accountRates], ...named(spec.positions)];
    case 'equity':
      return [
        ['equity', spec.equity],
        ['free', spec.free],
      ];
    case 'collateral':
      return [['equity', spec.equity], ...named(spec.positions)];
    case 'price':
      return [
        ['prices', spec.prices],
        ['liquidationPrices', spec.liquidationPrices],
      ];
  }
}

function named(lines: MarginSpec['positions']): [string, readonly (number | null)[]][] {
  return lines.map((line) => [line.label, line.values]);
}

/** How many values a specification holds: what it costs to send and to draw. */
export function valuesIn(spec: ChartSpec): number {
  if (spec.kind === 'positions') return spec.positions.length;
  if (spec.kind === 'survival') return spec.lines.reduce((n, line) => n + line.points.length, 0);
  return spec.times.length + seriesOf(spec).reduce((n, [, list]) => n + list.length, 0);
}
