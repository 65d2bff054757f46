/** Numbers as people type them. */
import { Decimal } from '../../core/decimal.ts';

/**
 * `1,234` counts in thousands. A comma that cannot stand there, before one or two digits or after a
 * lone zero, is the decimal one of many languages.
 */
const GROUPED = /^([1-9]\d{0,2}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,12}))?$/;
const DECIMAL_COMMA = /^(\d{1,15}),(\d{1,2})$|^(0),(\d{1,12})$/;
const FORM = /^\$?([\d.,]+)([km](?![a-z]))?\s*(.*)$/i;
const TEXT_MAX = 40;

/**
 * `1500`, `1,500`, `1.5k`, `2,5`, `２０`, `2。5`, never negative, never with an exponent. What
 * follows the digits has to fit `unit`. Null for anything else, such as `1,5000` or `1.234,5`.
 */
export function readNumber(text: string, unit: RegExp): Decimal | null {
  if (text.length > TEXT_MAX) return null;
  const clean = text.normalize('NFKC').replaceAll('。', '.').trim();
  const [, digits = '', scale = '', rest = ''] = FORM.exec(clean) ?? [];
  const value = digitsOf(digits);
  if (!value || !unit.test(rest)) return null;
  const times = { k: 1_000, m: 1_000_000 }[scale.toLowerCase()] ?? 1;
  return value.times(times);
}

function digitsOf(digits: string): Decimal | null {
  const [whole, fraction = '0'] = (GROUPED.exec(digits) ?? DECIMAL_COMMA.exec(digits) ?? [])
    .slice(1)
    .filter((part) => part !== undefined);
  return whole === undefined ? null : new Decimal(`${whole.replaceAll(',', '')}.${fraction}`);
}

const LONE_UNIT = /^(%|usdt?|ust|\$|x|×)$/i;

/** `-10 %` and `500 USD` are one word each, as they were meant. */
export function withUnits(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    const isUnit = LONE_UNIT.test(word.normalize('NFKC'));
    if (isUnit && before !== undefined && /\p{Nd}[km]?$/iu.test(before)) {
      joined[joined.length - 1] = before + word;
    } else {
      joined.push(word);
    }
  }
  return joined;
}
