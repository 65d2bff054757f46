/** Entities that Telegram finds by itself in plain text. grammY's command filter needs them. */
import type { MessageEntity } from '@grammyjs/types';

type Found = 'bot_command' | 'url' | 'mention';

const PATTERNS: ReadonlyArray<readonly [Found, RegExp]> = [
  ['url', /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g],
  ['bot_command', /(?<![\w/<>])\/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])/g],
  ['mention', /(?<!\w)@[A-Za-z0-9_]{4,32}\b/g],
];

/** Adds what was found to the entities given, except inside code and where one is already. */
export function detectEntities(
  text: string,
  given: readonly MessageEntity[],
): readonly MessageEntity[] {
  const taken = given.filter(({ type }) => type === 'code' || type === 'pre' || isLink(type));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const range = { offset: match.index, length: match[0].length };
      if (![...taken, ...found].some((other) => overlaps(other, range))) {
        found.push({ type, ...range });
      }
    }
  }
  return sortEntities([...given, ...found]);
}

/** By place; of two at the same place the longer first, so that nesting reads from outside in. */
export function sortEntities(entities: readonly MessageEntity[]): readonly MessageEntity[] {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

interface Range {
  readonly offset: number;
  readonly length: number;
}

function overlaps(a: Range, b: Range): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

function isLink(type: string): boolean {
  return type === 'text_link' || type === 'url' || type === 'text_mention' || type === 'date_time';
}
