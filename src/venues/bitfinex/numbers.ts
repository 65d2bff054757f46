/**
 * Numbers of the wire, read from their text. The venue sends JSON numbers with float artefacts
 * (`0.015486090000000001`), decimal strings and nulls; NaN, infinities, absurd sizes and exponents
 * that would explode when written out end here.
 */
import { isLosslessNumber } from 'lossless-json';
import { z } from 'zod';
import { type Decimal, parseDecimal } from '../../core/decimal.ts';
import { messageOf } from '../../core/errors.ts';

const TEXT_LENGTH_MAX = 64;
const PLACES_MAX = 40;

/** The text of a JSON number or string; undefined for anything else. */
function numberText(value: unknown): string | undefined {
  if (isLosslessNumber(value)) return value.value;
  return typeof value === 'string' ? value : undefined;
}

/**
 * Reads a decimal from the text it had on the wire.
 * @throws BallastError when it is no finite number of believable size and precision.
 */
export function decimalFromWire(text: string): Decimal {
  const value = parseDecimal(text.slice(0, TEXT_LENGTH_MAX + 1));
  if (text.length > TEXT_LENGTH_MAX || value.decimalPlaces() > PLACES_MAX) {
    throw new RangeError(`expected at most ${PLACES_MAX} decimal places, was ${text.slice(0, 40)}`);
  }
  return value;
}

export const decimalOnWire = z.unknown().transform((value, context): Decimal => {
  const text = numberText(value);
  if (text === undefined) {
    context.addIssue({ code: 'custom', message: `expected a number, was ${nameOf(value)}` });
    return z.NEVER;
  }
  try {
    return decimalFromWire(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) });
    return z.NEVER;
  }
});

export const positiveOnWire = decimalOnWire.refine((value) => value.gt(0), {
  error: 'expected a number above zero',
});

export const notNegativeOnWire = decimalOnWire.refine((value) => value.gte(0), {
  error: 'expected a number not below zero',
});

/** Null and absent both mean that the venue does not say. */
export const decimalOrNull = z.preprocess((value) => value ?? null, decimalOnWire.nullable());

/** A whole number that a double holds exactly: ids, counts, milliseconds. */
export const integerOnWire = z.unknown().transform((value, context): number => {
  const text = numberText(value);
  const number = text !== undefined && /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  context.addIssue({ code: 'custom', message: `expected an integer, was ${nameOf(value)}` });
  return z.NEVER;
});

export const integerOrNull = z.preprocess((value) => value ?? null, integerOnWire.nullable());

/** An id keeps its text: it is compared, never computed with. */
export const idOnWire = z.unknown().transform((value, context): string => {
  const text = numberText(value);
  if (text !== undefined && /^\d{1,24}$/.test(text)) return text;
  context.addIssue({ code: 'custom', message: `expected an id, was ${nameOf(value)}` });
  return z.NEVER;
});

/** A placeholder, or a field that nothing here uses. */
export const ignored = z.unknown();

/** A row or a list of rows whose cells are looked at one by one. */
export const listOnWire = z.array(ignored);

function nameOf(value: unknown): string {
  const text = numberText(value);
  if (text !== undefined) return JSON.stringify(text.slice(0, 40));
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}
