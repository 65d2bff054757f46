/** Every kind of word that commands take. Whatever is ambiguous is refused, never guessed. */
import { z } from 'zod';
import { Decimal } from '../../core/decimal.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, utcDay } from '../../core/time.ts';
import type { Argument, Parsed } from './argument.ts';
import { readNumber } from './read-number.ts';

const WORD_MAX = 60;
const NO: Parsed<never> = { ok: false };

function yes<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

function fromSchema<T>(name: string, schema: z.ZodType<T>): Argument<T> {
  return {
    name,
    optional: false,
    parse(word) {
      const parsed = schema.safeParse(word);
      return parsed.success ? yes(parsed.data) : NO;
    },
  };
}

/** One of the given words in any case. */
export function choice<const T extends string>(
  name: string,
  choices: readonly [T, ...T[]],
): Argument<T> {
  const parse = (word: string): Parsed<T> => {
    const wanted = word.normalize('NFKC').toLowerCase();
    const found = choices.find((known) => known.toLowerCase() === wanted);
    return found === undefined ? NO : yes(found);
  };
  return { name, optional: false, choices, parse };
}

/** The name of a command, with or without the slash. */
export const commandName = fromSchema(
  'command',
  z
    .string()
    .max(WORD_MAX)
    .transform((text) => text.replace(/^\//, '').toLowerCase()),
);

/** What people call a set of settings: `calm`, `event-day`. */
export const profileName = fromSchema(
  'name',
  z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,31}$/u)
    .transform((text) => text.normalize('NFKC').toLowerCase()),
);

const AMOUNT_MAX = new Decimal(1e12);

function amountOf(word: string): Decimal | null {
  const read = readNumber(word, /^(usdt?|ust|\$)?$/i);
  return read?.gt(0) && read.lte(AMOUNT_MAX) ? read : null;
}

/** USD above 0: `500`, `1,500`, `1.5k`, `2,5`, `500USDT`, `$500`. */
export const usdAmount: Argument<Decimal> = {
  name: 'amount',
  optional: false,
  parse: (word) => {
    const amount = amountOf(word);
    return amount ? yes(amount) : NO;
  },
};

export type AmountOrRate =
  | { readonly kind: 'usd'; readonly usd: Decimal }
  | { readonly kind: 'rate'; readonly ratePct: number };

/** USD, or with a percent sign the margin rate to reach. */
export const amountOrRate: Argument<AmountOrRate> = {
  name: 'amount-or-rate',
  optional: false,
  parse: (word) => {
    const usd = amountOf(word);
    if (usd) return yes({ kind: 'usd', usd });
    const rate = readNumber(word, /^%$/);
    if (!rate?.gt(0) || rate.gt(100)) return NO;
    return yes({ kind: 'rate', ratePct: rate.toNumber() });
  },
};

/** Percent above 0 up to 100, with or without the sign. */
export const sharePct: Argument<number> = {
  name: 'percent',
  optional: false,
  parse: (word) => {
    const read = readNumber(word, /^%?$/);
    return read?.gt(0) && read.lte(100) ? yes(read.toNumber()) : NO;
  },
};

/** A price move in percent: above −100, at most +1,000. */
export const shiftPct: Argument<number> = {
  name: 'shift',
  optional: false,
  parse: (word) => {
    const sign = /^[-−–]/.test(word) ? -1 : 1;
    const read = readNumber(word.replace(/^[-−–+]/, ''), /^%?$/);
    if (!read || read.isZero()) return NO;
    const pct = sign * read.toNumber();
    return pct > -100 && pct <= 1_000 ? yes(pct) : NO;
  },
};

const SPAN = /^(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?(?:(\d{1,6})s)?$/i;
const PAUSE_MAX_MS = 30 * DAY_MS;

/** `30m`, `2h`, `1d12h`; a number alone means minutes. Milliseconds. */
export const duration: Argument<number> = {
  name: 'duration',
  optional: false,
  parse: (word) => {
    const text = word.normalize('NFKC');
    const [, days, hours, minutes, seconds] = (/^\d{1,5}$/.test(text) ? [] : SPAN.exec(text)) ?? [];
    const bare = /^\d{1,5}$/.test(text) ? Number(text) * MINUTE_MS : 0;
    const of = (count: string | undefined, unitMs: number) => Number(count ?? 0) * unitMs;
    const ms =
      bare +
      of(days, DAY_MS) +
      of(hours, HOUR_MS) +
      of(minutes, MINUTE_MS) +
      of(seconds, SECOND_MS);
    return ms >= SECOND_MS && ms <= PAUSE_MAX_MS ? yes(ms) : NO;
  },
};

const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(word: string, now: number): string | null {
  const text = word.toLowerCase();
  if (text === 'today') return utcDay(now);
  if (text === 'yesterday') return utcDay(now - DAY_MS);
  if (!DAY_PATTERN.test(text) || Number.isNaN(Date.parse(text))) return null;
  return utcDay(Date.parse(text)) === text ? text : null;
}

/** A UTC day: `2026-01-05`, `today` or `yesterday`. */
export const day: Argument<string> = {
  name: 'day',
  optional: false,
  parse: (word, { door }) => {
    const found = dayOf(word, door.status().at);
    return found ? yes(found) : NO;
  },
};

export const COUNT_MAX = 100;

/** How many: a whole number from 1 to 100. */
export const count: Argument<number> = fromSchema(
  'count',
  z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(COUNT_MAX)) as unknown as z.ZodType<number>,
);

export type CountOrDay =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'day'; readonly day: string };

export const countOrDay: Argument<CountOrDay> = {
  name: 'count-or-day',
  optional: false,
  parse: (word, known) => {
    const many = count.parse(word, known);
    if (many.ok) return yes({ kind: 'count', count: many.value });
    const one = day.parse(word, known);
    return one.ok ? yes({ kind: 'day', day: one.value }) : NO;
  },
};
