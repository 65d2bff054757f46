/** Checks of `reply_markup`, as strict as Telegram's. */
import type {
  ForceReply,
  InlineKeyboardMarkup,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from '@grammyjs/types';
import { readInlineKeyboard } from './inline-keyboard.ts';
import { parseIfString } from './payload.ts';
import { badRequest } from './reply.ts';
import { readReplyKeyboard } from './reply-keyboard.ts';

export type Markup =
  | { readonly kind: 'inline'; readonly markup: InlineKeyboardMarkup }
  | { readonly kind: 'keyboard'; readonly markup: ReplyKeyboardMarkup }
  | { readonly kind: 'remove'; readonly markup: ReplyKeyboardRemove }
  | { readonly kind: 'force_reply'; readonly markup: ForceReply };

/** What comes with a new message. @throws ApiRefusal 400 */
export function readMarkup(raw: unknown): Markup | undefined {
  if (raw === undefined) return undefined;
  const value = readObject(raw);
  if ('inline_keyboard' in value) {
    const markup = readInlineKeyboard(value);
    return markup === undefined ? undefined : { kind: 'inline', markup };
  }
  if ('keyboard' in value) return { kind: 'keyboard', markup: readReplyKeyboard(value) };
  if (value['remove_keyboard'] === true) {
    return { kind: 'remove', markup: { remove_keyboard: true } };
  }
  if (value['force_reply'] === true) {
    const placeholder = value['input_field_placeholder'];
    const field = typeof placeholder === 'string' ? { input_field_placeholder: placeholder } : {};
    return { kind: 'force_reply', markup: { force_reply: true, ...field } };
  }
  if (Object.keys(value).length === 0) return undefined;
  throw badRequest("can't parse reply markup: no known keyboard in the object");
}

/** What comes with an edit: an inline keyboard or nothing. @throws ApiRefusal 400 */
export function readEditMarkup(raw: unknown): InlineKeyboardMarkup | undefined {
  const markup = readMarkup(raw);
  if (markup === undefined) return undefined;
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected');
  return markup.markup;
}

function readObject(raw: unknown): Readonly<Record<string, unknown>> {
  const value = parseIfString(raw);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('object expected as reply markup');
  }
  return Object.fromEntries(Object.entries(value));
}
