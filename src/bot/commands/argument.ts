/** One argument of a command: how it is written, what is expected, how a word becomes a value. */
import type { Request } from '../context.ts';
import { withUnits } from './read-number.ts';

/** What parsing may look at: what is held, the reader's language, and what was asked for. */
export type Known = Pick<Request, 'door' | 't'> & { readonly command?: string };

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  /** `problem`: HTML that says more than the general expectation. */
  | { readonly ok: false; readonly problem?: string };

export interface Argument<T> {
  /** `arg-NAME` is its placeholder and `expects-NAME` what is expected, in the catalogue. */
  readonly name: string;
  readonly optional: boolean;
  /** Shown in place of the placeholder. */
  readonly choices?: readonly string[];
  parse(word: string, known: Known): Parsed<T>;
}

export type ArgumentMap = Readonly<Record<string, Argument<unknown>>>;

type ValueOf<A> = A extends Argument<infer T> ? T : never;
export type Matched<A extends ArgumentMap> = { readonly [K in keyof A]: ValueOf<A[K]> };

export type Match<A extends ArgumentMap> =
  | { readonly kind: 'values'; readonly values: Matched<A> }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Nothing where the word is left out. */
export function optional<T>(argument: Argument<T>): Argument<T | null> {
  return { ...argument, optional: true };
}

const FIGURE = /^[-−–+]?\d/;

/**
 * Takes the words in order. An optional argument that the word does not fit is left out and the
 * word offered to the next one.
 */
export function matchWords<A extends ArgumentMap>(
  args: A,
  typed: readonly string[],
  known: Known,
): Match<A> {
  const words = withUnits(typed);
  const values: Record<string, unknown> = {};
  let at = 0;
  let refusal: string | null = null;
  let isMisfit = false;
  for (const [key, argument] of Object.entries(args)) {
    const word = words[at];
    values[key] = null;
    if (word === undefined) {
      if (argument.optional) continue;
      return { kind: 'wrong', problem: refusal ?? missing(argument, known) };
    }
    const parsed = argument.parse(word, known);
    if (parsed.ok) {
      values[key] = parsed.value;
      at += 1;
      continue;
    }
    if (refusal === null || isMisfit) {
      refusal = parsed.problem ?? wrong(argument, word, known);
      // A figure was never meant as one of these words: a later argument knows better.
      isMisfit = argument.choices !== undefined && FIGURE.test(word);
    }
    if (!argument.optional) return { kind: 'wrong', problem: refusal };
  }
  const extra = words[at];
  if (extra === undefined) return { kind: 'values', values: values as Matched<A> };
  return { kind: 'wrong', problem: refusal ?? known.t('argument-extra', { word: shown(extra) }) };
}

function wrong(argument: Argument<unknown>, word: string, { t }: Known): string {
  return t('argument-wrong', { word: shown(word), expected: expectationOf(argument, t) });
}

export function missing(argument: Named, { t }: Pick<Known, 't'>): string {
  return t('argument-missing', { expected: expectationOf(argument, t) });
}

type Named = Pick<Argument<unknown>, 'name' | 'choices'>;

function expectationOf({ name, choices }: Named, t: Request['t']): string {
  return choices ? choices.join(', ') : t.plain(`expects-${name}`);
}

const WORD_SHOWN_MAX = 40;

/** A hostile word is repeated in part only. */
export function shown(word: string): string {
  const characters = [...word];
  if (characters.length <= WORD_SHOWN_MAX) return word;
  return `${characters.slice(0, WORD_SHOWN_MAX).join('')}…`;
}

/** `/topup SYMBOL AMOUNT|RATE%` in the reader's language. Plain text. */
export function usageOf(
  command: { readonly name: string; readonly args: readonly Argument<unknown>[] },
  t: Request['t'],
): string {
  const words = command.args.map(({ name, choices, optional: isOptional }) => {
    const word = choices ? choices.join('|') : t.plain(`arg-${name}`);
    return isOptional ? `[${word}]` : word;
  });
  return [`/${command.name}`, ...words].join(' ');
}
