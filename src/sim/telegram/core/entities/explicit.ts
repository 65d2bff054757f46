/** Entities given by the caller in place of a parse mode. */
import type { MessageEntity } from '@grammyjs/types';
import { z } from 'zod';
import { parseIfString } from '../payload.ts';
import { isTimeFormat } from './html.ts';
import { cannotParse } from './html-text.ts';

const range = { offset: z.number().int().min(0), length: z.number().int().min(1) };
const TIME_FORMAT = z.custom<MessageEntity.DateTimeMessageEntity['date_time_format']>(
  (value) => typeof value === 'string' && isTimeFormat(value),
);

const ENTITY = z.discriminatedUnion('type', [
  z.object({
    type: z.enum([
      'mention',
      'hashtag',
      'cashtag',
      'bot_command',
      'url',
      'email',
      'phone_number',
      'bold',
      'italic',
      'underline',
      'strikethrough',
      'spoiler',
      'blockquote',
      'expandable_blockquote',
      'code',
    ]),
    ...range,
  }),
  z.object({ type: z.literal('pre'), language: z.string().optional(), ...range }),
  z.object({ type: z.literal('text_link'), url: z.string().min(1), ...range }),
  z.object({ type: z.literal('custom_emoji'), custom_emoji_id: z.string(), ...range }),
  z.object({
    type: z.literal('date_time'),
    unix_time: z.number().int(),
    date_time_format: TIME_FORMAT,
    ...range,
  }),
]);

/** @throws ApiRefusal 400 for an unknown type or a range outside the text */
export function readEntities(raw: unknown, textLength: number): readonly MessageEntity[] {
  if (raw === undefined) return [];
  const parsed = z.array(ENTITY).max(500).safeParse(parseIfString(raw));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw cannotParse(`entity ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`);
  }
  return parsed.data.map((entity) => {
    if (entity.offset + entity.length > textLength) {
      throw cannotParse(`entity ${entity.type} at ${entity.offset} ends beyond the text`);
    }
    if (entity.type !== 'pre') return entity;
    const { language, ...pre } = entity;
    return language === undefined ? pre : { ...pre, language };
  });
}
