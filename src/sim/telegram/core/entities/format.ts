/** From what a call says (text, parse mode, entities) to what a message holds. */
import type { MessageEntity } from '@grammyjs/types';
import { badRequest } from '../reply.ts';
import { detectEntities, sortEntities } from './detect.ts';
import { readEntities } from './explicit.ts';
import { type Formatted, parseHtml } from './html.ts';

export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;

export interface TextInput {
  readonly text: string;
  readonly parseMode: string | undefined;
  readonly entities: unknown;
}

/**
 * Lengths count UTF-16 units after parsing, the stricter of the possible readings.
 * @throws ApiRefusal 400
 */
export function formatText(input: TextInput, kind: 'text' | 'caption'): Formatted {
  const parsed = trim(parse(input));
  if (kind === 'text' && parsed.text === '') throw badRequest('message text is empty');
  if (kind === 'text' && parsed.text.length > TEXT_MAX) throw badRequest('message is too long');
  if (kind === 'caption' && parsed.text.length > CAPTION_MAX) {
    throw badRequest('message caption is too long');
  }
  const entities = detectEntities(parsed.text, outsideCode(parsed.entities));
  return { text: parsed.text, entities };
}

function parse(input: TextInput): Formatted {
  const mode = input.parseMode?.toLowerCase() ?? '';
  if (mode === 'html') return parseHtml(input.text);
  if (mode !== '') {
    throw badRequest(`unsupported parse_mode: this emulator reads "HTML", was "${mode}"`);
  }
  return { text: input.text, entities: readEntities(input.entities, input.text.length) };
}

/** Telegram trims messages; entities move along and never cover what was cut. */
function trim(formatted: Formatted): Formatted {
  const head = formatted.text.length - formatted.text.trimStart().length;
  const text = formatted.text.trim();
  if (text.length === formatted.text.length) return formatted;
  const entities: MessageEntity[] = [];
  for (const entity of formatted.entities) {
    const offset = Math.max(0, entity.offset - head);
    const end = Math.min(text.length, entity.offset + entity.length - head);
    if (end > offset) entities.push({ ...entity, offset, length: end - offset });
  }
  return { text, entities };
}

/** Code and pre hold no other entity; quotes do not nest. */
function outsideCode(entities: readonly MessageEntity[]): readonly MessageEntity[] {
  const kept: MessageEntity[] = [];
  for (const entity of sortEntities(entities)) {
    const inside = kept.some(
      (outer) =>
        entity.offset >= outer.offset &&
        entity.offset + entity.length <= outer.offset + outer.length &&
        (isCode(outer) || (isQuote(outer) && isQuote(entity))),
    );
    if (!inside) kept.push(entity);
  }
  return kept;
}

function isCode(entity: MessageEntity): boolean {
  return entity.type === 'code' || entity.type === 'pre';
}

function isQuote(entity: MessageEntity): boolean {
  return entity.type === 'blockquote' || entity.type === 'expandable_blockquote';
}
