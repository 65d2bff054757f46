/**
 * In dry run nothing moves, so every check finds much the same to do. It is told once, then when it
 * has become something else, at most every five minutes, and once an hour.
 */
import { type Decimal, maxOf, sumOf, ZERO } from '../../core/decimal.ts';
import type { Notice } from '../../core/notice.ts';
import type { PerpSymbol } from '../../core/symbol.ts';

type Adjusted = Extract<Notice, { readonly type: 'adjusted' }>;
type Changes = ReadonlyMap<PerpSymbol, Decimal>;

const AGAIN_AFTER_MS = 60 * 60_000;
/** Moves come and go at the thresholds: what differs is told when it has lasted, not each time. */
const REST_MS = 5 * 60_000;
/** Something else: so much of the larger of both, in USD, differs. */
const DIFFERENT_SHARE = 0.5;

interface Told {
  readonly at: number;
  readonly changes: Changes;
}

export class Rehearsals {
  #told: Told | null = null;

  /** Whether people are told of it. What somebody asked for, and what is real, always is. */
  isNews(notice: Adjusted): boolean {
    if (notice.trigger !== 'scheduled') return true;
    if (!notice.dryRun) {
      this.#told = null;
      return true;
    }
    const { at } = notice;
    const changes = changesOf(notice);
    const isNews = this.#told === null || isWorthTelling(this.#told, { at, changes });
    if (isNews) this.#told = { at, changes };
    return isNews;
  }
}

function changesOf({ adjustments }: Adjusted): Changes {
  return new Map(adjustments.map(({ symbol, fromUsd, toUsd }) => [symbol, toUsd.minus(fromUsd)]));
}

function isWorthTelling(told: Told, now: Told): boolean {
  const sinceMs = now.at - told.at;
  if (sinceMs >= AGAIN_AFTER_MS) return true;
  return sinceMs >= REST_MS && isDifferent(told.changes, now.changes);
}

function isDifferent(told: Changes, now: Changes): boolean {
  const symbols = [...new Set([...told.keys(), ...now.keys()])];
  const different = symbols.map((symbol) =>
    (now.get(symbol) ?? ZERO).minus(told.get(symbol) ?? ZERO).abs(),
  );
  return sumOf(different).gt(maxOf(sizeOf(told), sizeOf(now)).times(DIFFERENT_SHARE));
}

function sizeOf(changes: Changes): Decimal {
  return sumOf([...changes.values()].map((change) => change.abs()));
}
