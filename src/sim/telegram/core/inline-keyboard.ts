import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types';
import { z } from 'zod';
import { badRequest } from './reply.ts';

export const CALLBACK_DATA_BYTES_MAX = 64;
const BUTTONS_MAX = 100;

const BUTTON = z.object({
  text: z.string(),
  style: z.enum(['danger', 'success', 'primary']).optional(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  copy_text: z.object({ text: z.string() }).optional(),
  disabled: z.object({}).optional(),
  switch_inline_query: z.string().optional(),
  switch_inline_query_current_chat: z.string().optional(),
});

const MARKUP = z.object({
  inline_keyboard: z.array(z.array(BUTTON)),
  force_reply: z.boolean().optional(),
});

type Parsed = z.output<typeof BUTTON>;

/** Undefined for a keyboard without buttons, which is how bots take one away. */
export function readInlineKeyboard(
  value: Readonly<Record<string, unknown>>,
): InlineKeyboardMarkup | undefined {
  const parsed = MARKUP.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    throw badRequest(`can't parse inline keyboard: ${path}: ${issue?.message ?? 'unreadable'}`);
  }
  const rows = parsed.data.inline_keyboard
    .map((row) => row.map(readButton))
    .filter((row) => row.length > 0);
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  if (count > BUTTONS_MAX) {
    throw badRequest(`reply markup is too long: at most ${BUTTONS_MAX} buttons, was ${count}`);
  }
  if (count === 0) return undefined;
  const force = parsed.data.force_reply === true ? { force_reply: true } : {};
  return { inline_keyboard: rows, ...force };
}

function readButton(button: Parsed): InlineKeyboardButton {
  if (button.text.trim() === '') {
    throw badRequest("can't parse inline keyboard button: text must be non-empty");
  }
  const base = {
    text: button.text,
    ...(button.style === undefined ? {} : { style: button.style }),
  };
  const kinds = buttonKinds(base, button);
  const [only] = kinds;
  if (only === undefined) {
    throw badRequest(
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    );
  }
  if (kinds.length > 1) {
    throw badRequest("can't parse inline keyboard button: exactly one action must be given");
  }
  return only;
}

function buttonKinds(
  base: { text: string; style?: 'danger' | 'success' | 'primary' },
  button: Parsed,
): InlineKeyboardButton[] {
  const kinds: InlineKeyboardButton[] = [];
  if (button.callback_data !== undefined) {
    const bytes = Buffer.byteLength(button.callback_data, 'utf8');
    if (bytes < 1 || bytes > CALLBACK_DATA_BYTES_MAX) throw badRequest('BUTTON_DATA_INVALID');
    kinds.push({ ...base, callback_data: button.callback_data });
  }
  if (button.url !== undefined) {
    if (!/^(https?|tg|ton):\/\/\S+$/i.test(button.url)) throw badRequest('BUTTON_URL_INVALID');
    kinds.push({ ...base, url: button.url });
  }
  if (button.copy_text !== undefined) {
    const { text } = button.copy_text;
    if (text.length < 1 || text.length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID');
    kinds.push({ ...base, copy_text: { text } });
  }
  if (button.disabled !== undefined) kinds.push({ ...base, disabled: {} });
  if (button.switch_inline_query !== undefined) {
    kinds.push({ ...base, switch_inline_query: button.switch_inline_query });
  }
  if (button.switch_inline_query_current_chat !== undefined) {
    const query = button.switch_inline_query_current_chat;
    kinds.push({ ...base, switch_inline_query_current_chat: query });
  }
  return kinds;
}
