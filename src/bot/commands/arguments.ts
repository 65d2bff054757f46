/** Schemas for the words after a command. */
import { z } from 'zod';

const WORD_MAX = 60;
const word = z.string().max(WORD_MAX);

export const noArguments = z.tuple([]).transform(() => ({}));

/** Nothing, or one word. */
export const optionalWord = z
  .union([z.tuple([]), z.tuple([word])])
  .transform(([first]) => ({ word: first ?? null }));

/** Nothing, or one of the given words in any case. */
export function optionalChoice<const T extends string>(choices: readonly [T, ...T[]]) {
  const choice = word.transform((text) => text.toLowerCase()).pipe(z.enum(choices));
  return z
    .union([z.tuple([]), z.tuple([choice])])
    .transform(([first]): { choice: T | null } => ({ choice: (first as T | undefined) ?? null }));
}
