import type { ReplyKeyboardMarkup } from '@grammyjs/types';
import { z } from 'zod';
import { badRequest } from './reply.ts';

const BUTTONS_MAX = 300;

const BUTTON = z.union([
  z.string().min(1),
  z.object({
    text: z.string().min(1),
    style: z.enum(['danger', 'success', 'primary']).optional(),
  }),
]);

const MARKUP = z.object({
  keyboard: z.array(z.array(BUTTON)).min(1),
  is_persistent: z.boolean().optional(),
  resize_keyboard: z.boolean().optional(),
  one_time_keyboard: z.boolean().optional(),
  input_field_placeholder: z.string().min(1).max(64).optional(),
  selective: z.boolean().optional(),
});

/** Only text buttons: this emulator has no contacts, places or polls to share. */
export function readReplyKeyboard(value: Readonly<Record<string, unknown>>): ReplyKeyboardMarkup {
  const parsed = MARKUP.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    throw badRequest(`can't parse reply keyboard: ${path}: ${issue?.message ?? 'unreadable'}`);
  }
  const { data } = parsed;
  const keyboard = data.keyboard.map((row) =>
    row.map((button) => {
      if (typeof button === 'string') return { text: button };
      return button.style === undefined
        ? { text: button.text }
        : { text: button.text, style: button.style };
    }),
  );
  const count = keyboard.flat().length;
  if (count > BUTTONS_MAX) {
    throw badRequest(`reply markup is too long: at most ${BUTTONS_MAX} buttons, was ${count}`);
  }
  return {
    keyboard,
    ...(data.is_persistent ? { is_persistent: true } : {}),
    ...(data.resize_keyboard ? { resize_keyboard: true } : {}),
    ...(data.one_time_keyboard ? { one_time_keyboard: true } : {}),
    ...(data.selective ? { selective: true } : {}),
    ...(data.input_field_placeholder === undefined
      ? {}
      : { input_field_placeholder: data.input_field_placeholder }),
  };
}
