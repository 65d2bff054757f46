/** Numbers as people type them. */
import { Decimal } from '../../core/decimal.ts';

const NUMBER = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,12}))?([km])?(.*)$/i;
const TEXT_MAX = 40;

/**
 * `1500`, `1,500`, `1.5k`, `２０`, never negative, never with an exponent. What follows the digits
 * has to fit `unit`. Null for anything else, also for the ambiguous `1,5`.
 */
export function readNumber(text: string, unit: RegExp): Decimal | null {
  if (text.length > TEXT_MAX) return null;
  const [, whole, fraction = '0', scale, rest = ''] = NUMBER.exec(text.normalize('NFKC')) ?? [];
  if (whole === undefined || !unit.test(rest)) return null;
  const value = new Decimal(`${whole.replaceAll(',', '')}.${fraction}`);
  const times = { k: 1_000, m: 1_000_000 }[scale?.toLowerCase() ?? ''] ?? 1;
  return value.times(times);
}
