/**
 * Numbers as people read them. Rounded for the eye only, never for a decision. All languages of the
 * catalogue group by comma and point alike (a test asks the runtime); short forms differ.
 */
import { Decimal } from '../../core/decimal.ts';
import { numberFormat } from '../i18n/intl.ts';
import type { Reader } from '../i18n/reader.ts';

export { clockTime } from './times.ts';

const DASH = '–';

/** `1,234` from a thousand on, `12.34` below; unknown is a dash. */
export function usd(value: Decimal | number | null): string {
  if (value === null) return DASH;
  const amount = new Decimal(value);
  return grouped(amount, amount.abs().gte(1000) ? 0 : 2);
}

/** With the sign always shown, for gains and changes. */
export function signedUsd(value: Decimal | null): string {
  if (value === null) return DASH;
  return value.gt(0) ? `+${usd(value)}` : usd(value);
}

const COMPACT = { notation: 'compact', maximumFractionDigits: 1 } as const;

/** For narrow columns: `950`, `12,345`, from 100,000 on `123.5K` or `12.3万`. */
export function shortUsd(
  value: Decimal | number | null,
  { locale }: Pick<Reader, 'locale'>,
): string {
  if (value === null) return DASH;
  const amount = new Decimal(value);
  const size = amount.abs();
  if (size.gte(100_000)) return numberFormat(locale, COMPACT).format(amount.toNumber());
  return grouped(amount, size.lt(10) && !size.isZero() ? 2 : 0);
}

/** Both ends of a change as `shortUsd`, with cents where they would read the same without. */
export function shortChange(
  from: Decimal,
  to: Decimal,
  reader: Pick<Reader, 'locale'>,
): [string, string] {
  const short: [string, string] = [shortUsd(from, reader), shortUsd(to, reader)];
  return short[0] !== short[1] || from.eq(to) ? short : [grouped(from, 2), grouped(to, 2)];
}

/** A margin rate in percent: two decimals. */
export function rate(pct: number | null): string {
  return pct === null || !Number.isFinite(pct) ? DASH : `${pct.toFixed(2)}%`;
}

/** A fraction as a percentage with one decimal: distance to liquidation. */
export function share(fraction: number | null): string {
  return fraction === null || !Number.isFinite(fraction) ? DASH : `${(fraction * 100).toFixed(1)}%`;
}

/** A leverage or another multiple: `12.3×`. */
export function times(value: number | null): string {
  return value === null || !Number.isFinite(value) ? DASH : `${value.toFixed(1)}×`;
}

/** A change in percent with its sign: `+1.5%`, `−10%`. */
export function signedPct(pct: number): string {
  const digits = Math.abs(pct)
    .toFixed(2)
    .replace(/\.?0+$/, '');
  return `${pct < 0 ? '−' : '+'}${digits}%`;
}

/** Prices keep five significant digits, and all digits before the point. */
export function price(value: Decimal | null): string {
  if (value === null) return DASH;
  if (value.abs().gte(10_000)) return grouped(value, 0);
  const rounded = value.toSignificantDigits(5);
  return grouped(rounded, rounded.decimalPlaces());
}

export function quantity(value: Decimal): string {
  const rounded = value.toSignificantDigits(6);
  return grouped(rounded, rounded.decimalPlaces());
}

function grouped(value: Decimal, places: number): string {
  const [whole = '', fraction] = value.toFixed(places).split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
