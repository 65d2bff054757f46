/** From single runs to the rows that people and programs read. */

import type { Policy } from './policies.ts';
import type { Bias } from './portfolio.ts';
import type { RunResult } from './run.ts';
import type { BoundsResult } from './task.ts';

/** Shares are fractions 0…1; null where there is nothing to take a share of. */
export interface Row {
  readonly window: string;
  readonly policy: Policy;
  readonly leverage: number;
  readonly bias: Bias;
  readonly portfolios: number;
  readonly crossSurvivors: number;
  readonly ceilingSurvivors: number;
  /** Portfolios without any liquidation. */
  readonly noLiquidation: number;
  /** Of the cross survivors, those without a liquidation. */
  readonly matchedSurvival: number | null;
  /** Of the ceiling's survivors, those without a liquidation. */
  readonly ofCeiling: number | null;
  /** Mean final equity against the two references. */
  readonly equityVsCross: number | null;
  readonly equityVsNone: number | null;
  /** Against cross margin that reduces by the same rule; null where that was not run. */
  readonly equityVsCrossDeleveraged: number | null;
  /** Positions the venue took, of all portfolios. */
  readonly liquidations: number;
  /** Of those, what a plan that was asked for would have prevented; null where nobody looked. */
  readonly avoidable: number | null;
  /** What only a plan before it was asked for would have prevented, in hindsight. */
  readonly avoidableEarlier: number | null;
  readonly liquidatedNotionalShare: number;
  readonly writesPerHour: number;
  /** The most writes of any portfolio within any minute. */
  readonly writesWorstMinute: number;
  /** Means per portfolio. */
  readonly topUps: number;
  readonly reductions: number;
  readonly rolls: number;
}

/** One portfolio's outcome under one policy, and what it is compared with. */
export interface Sample extends RunResult {
  readonly index: number;
  readonly crossSurvives: boolean;
  readonly ceilingSurvives: boolean;
  readonly crossEquityUsd: number;
  readonly noneEquityUsd: number | null;
  readonly crossDeleveragedEquityUsd: number | null;
  readonly notionalUsd: number;
}

export type RowKey = Pick<Row, 'window' | 'policy' | 'leverage' | 'bias'>;

export function rowOf(key: RowKey, samples: readonly Sample[]): Row {
  const cross = samples.filter(({ crossSurvives }) => crossSurvives);
  const ceiling = samples.filter(({ ceilingSurvives }) => ceilingSurvives);
  const equity = sumOf(samples, ({ equityUsd }) => equityUsd);
  const hours = sumOf(samples, (sample) => sample.hours);
  const count = Math.max(1, samples.length);
  const against = (value: (sample: Sample) => number | null): number | null => {
    const values = samples.map(value);
    const sum = values.reduce<number>((total, usd) => total + (usd ?? 0), 0);
    return values.some((usd) => usd === null) ? null : ratio(equity, sum);
  };
  return {
    ...key,
    portfolios: samples.length,
    crossSurvivors: cross.length,
    ceilingSurvivors: ceiling.length,
    noLiquidation: rounded(samples.filter(isUnhurt).length / count),
    matchedSurvival: ratio(cross.filter(isUnhurt).length, cross.length),
    ofCeiling: ratio(ceiling.filter(isUnhurt).length, ceiling.length),
    equityVsCross: against(({ crossEquityUsd }) => crossEquityUsd),
    equityVsNone: against(({ noneEquityUsd }) => noneEquityUsd),
    equityVsCrossDeleveraged: against((sample) => sample.crossDeleveragedEquityUsd),
    liquidations: sumOf(samples, ({ liquidations }) => liquidations),
    avoidable: countOf(samples.map(({ avoidable }) => avoidable)),
    avoidableEarlier: countOf(samples.map(({ avoidableEarlier }) => avoidableEarlier)),
    liquidatedNotionalShare:
      ratio(
        sumOf(samples, ({ liquidatedUsd }) => liquidatedUsd),
        sumOf(samples, ({ notionalUsd }) => notionalUsd),
      ) ?? 0,
    writesPerHour:
      ratio(
        sumOf(samples, ({ writes }) => writes),
        hours,
      ) ?? 0,
    writesWorstMinute: samples.reduce((most, { worstMinute }) => Math.max(most, worstMinute), 0),
    topUps: rounded(sumOf(samples, ({ topUps }) => topUps) / count),
    reductions: rounded(sumOf(samples, ({ reductions }) => reductions) / count),
    rolls: rounded(sumOf(samples, ({ rolls }) => rolls) / count),
  };
}

/** What the cross account and the ceiling come to with a pool; a lost account is worth nothing. */
export function limitsAt(bounds: BoundsResult, poolUsd: number) {
  const crossSurvives = bounds.crossNeedUsd < poolUsd;
  const ceilingSurvives = bounds.ceilingNeedUsd < poolUsd;
  const endUsd = poolUsd + bounds.pnlAtEndUsd;
  return {
    crossSurvives,
    ceilingSurvives,
    crossEquityUsd: crossSurvives ? endUsd : 0,
    ceilingEquityUsd: ceilingSurvives ? endUsd : 0,
  };
}

export interface Pooled {
  readonly policy: Policy;
  readonly bias: Bias;
  readonly portfolios: number;
  readonly matchedSurvival: number | null;
  readonly ofCeiling: number | null;
}

/** All rows of each policy and bias together, weighted by survivors. */
export function pooled(rows: readonly Row[]): Pooled[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.bias} ${row.policy}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const weighted = (share: (row: Row) => number | null, weight: (row: Row) => number) =>
      ratio(
        sumOf(group, (row) => (share(row) ?? 0) * weight(row)),
        sumOf(group, weight),
      );
    return [
      {
        policy: first.policy,
        bias: first.bias,
        portfolios: sumOf(group, ({ portfolios }) => portfolios),
        matchedSurvival: weighted(
          (row) => row.matchedSurvival,
          (row) => row.crossSurvivors,
        ),
        ofCeiling: weighted(
          (row) => row.ofCeiling,
          (row) => row.ceilingSurvivors,
        ),
      },
    ];
  });
}

const isUnhurt = ({ liquidations }: Sample): boolean => liquidations === 0;

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

/** Null when anything is unknown. */
function countOf(counts: readonly (number | null)[]): number | null {
  if (counts.some((count) => count === null)) return null;
  return sumOf(counts, (count) => count ?? 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : rounded(part / whole);
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
