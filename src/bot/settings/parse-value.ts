import { readNumber } from '../commands/read-number.ts';
import type { Limits, Unit } from './setting-table.ts';

/** What a typed text means: a number, "take the entry away", or nothing usable. */
export type TypedValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'remove' }
  | { readonly kind: 'wrong' };

/** What may follow the digits: nothing, or the setting's own unit in any of our languages. */
const UNITS: Readonly<Record<Unit, RegExp>> = {
  pct: /^%?$/,
  usd: /^(usdt?|ust|\$|美元|달러)?$/i,
  seconds: /^(s|secs?|seconds?|秒|초)?$/i,
  minutes: /^(min|mins|minutes?|分鐘|分钟|分|분)?$/i,
  hours: /^(h|hrs?|hours?|小時|小时|시간)?$/i,
  days: /^(d|days?|天|日|일)?$/i,
  times: /^[x×倍배]?$/i,
  share: /^$/,
  plain: /^$/,
};

/**
 * Reads a number as people type it, with or without its unit: `2.5`, `2,5 %`, `１２`, `1,500 USD`.
 * A single `-` removes. Anything ambiguous is wrong rather than guessed, and so is another unit.
 */
export function parseValue(text: string, limits: Limits): TypedValue {
  if (/^[-–—]$/.test(text.normalize('NFKC').trim())) return { kind: 'remove' };
  const value = readNumber(text, UNITS[limits.unit]) ?? percentOf(text, limits);
  if (value === null) return { kind: 'wrong' };
  const number = value.toNumber();
  return isWithin(number, limits) ? { kind: 'number', value: number } : { kind: 'wrong' };
}

/** A share may be typed as a percentage. */
function percentOf(text: string, { unit }: Limits) {
  return unit === 'share' ? (readNumber(text, /^%$/)?.div(100) ?? null) : null;
}

export function isWithin(value: number, { min, max, above, below, whole }: Limits): boolean {
  if (!Number.isFinite(value) || value < min || value > max) return false;
  if (above && value === min) return false;
  if (below && value === max) return false;
  return !whole || Number.isInteger(value);
}
