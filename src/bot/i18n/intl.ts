/** Formatters of the runtime, made once per language and zone: making one costs far more. */
import type { Reader } from './reader.ts';

/** Bounded by languages × zones in use; reached only if somebody walks through all zones. */
const KEPT_MAX = 500;

const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  return kept(numbers, key, () => new Intl.NumberFormat(locale, options));
}

export function dateFormat(
  reader: Reader,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const { locale, timeZone } = reader;
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  return kept(dates, key, () => new Intl.DateTimeFormat(locale, { ...options, timeZone }));
}

function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= KEPT_MAX) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}
