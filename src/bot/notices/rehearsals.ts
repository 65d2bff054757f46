/**
 * In dry run nothing moves, so every check finds much the same to do. It is told once, then when it
 * has become something else, and once an hour.
 */
import { type Decimal, sumOf, ZERO } from '../../core/decimal.ts';
import type { Notice } from '../../core/notice.ts';
import type { PerpSymbol } from '../../core/symbol.ts';

type Adjusted = Extract<Notice, { readonly type: 'adjusted' }>;
type Changes = ReadonlyMap<PerpSymbol, Decimal>;

const AGAIN_AFTER_MS = 60 * 60_000;
/** Something else: so much of what was told, in USD, is different now. */
const DIFFERENT_SHARE = 0.25;

export class Rehearsals {
  #told: { readonly at: number; readonly changes: Changes } | null = null;

  /** Whether people are told of it. What somebody asked for, and what is real, always is. */
  isNews(notice: Adjusted): boolean {
    if (notice.trigger !== 'scheduled') return true;
    if (!notice.dryRun) {
      this.#told = null;
      return true;
    }
    const { at } = notice;
    const changes = changesOf(notice);
    const told = this.#told;
    if (told && at - told.at < AGAIN_AFTER_MS && !isDifferent(told.changes, changes)) return false;
    this.#told = { at, changes };
    return true;
  }
}

function changesOf({ adjustments }: Adjusted): Changes {
  return new Map(adjustments.map(({ symbol, fromUsd, toUsd }) => [symbol, toUsd.minus(fromUsd)]));
}

function isDifferent(told: Changes, now: Changes): boolean {
  const symbols = [...new Set([...told.keys(), ...now.keys()])];
  const different = symbols.map((symbol) =>
    (now.get(symbol) ?? ZERO).minus(told.get(symbol) ?? ZERO).abs(),
  );
  const total = sumOf([...told.values()].map((change) => change.abs()));
  return sumOf(different).gt(total.times(DIFFERENT_SHARE));
}
