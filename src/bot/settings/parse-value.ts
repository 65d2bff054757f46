import type { Limits } from './setting-table.ts';

/** What a typed text means: a number, "take the entry away", or nothing usable. */
export type TypedValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'remove' }
  | { readonly kind: 'wrong' };

const TEXT_MAX = 40;
const NUMBER = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,12}))?\s*(?:%|usdt?|usd|x|s|h|d|\$)?$/i;

/**
 * Reads a number as people type it: `2.5`, `2.5 %`, `１２`, `1,500`, `1500 USD`. A single `-`
 * removes. Anything ambiguous, such as `1,5`, is wrong rather than guessed.
 */
export function parseValue(text: string, limits: Limits): TypedValue {
  if (text.length > TEXT_MAX) return { kind: 'wrong' };
  const clean = text.normalize('NFKC').trim();
  if (/^[-–—]$/.test(clean)) return { kind: 'remove' };
  const match = NUMBER.exec(clean);
  if (!match) return { kind: 'wrong' };
  const value = Number(`${(match[1] ?? '').replaceAll(',', '')}.${match[2] ?? '0'}`);
  return isWithin(value, limits) ? { kind: 'number', value } : { kind: 'wrong' };
}

export function isWithin(value: number, { min, max, above, below, whole }: Limits): boolean {
  if (!Number.isFinite(value) || value < min || value > max) return false;
  if (above && value === min) return false;
  if (below && value === max) return false;
  return !whole || Number.isInteger(value);
}
