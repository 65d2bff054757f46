/** Inline buttons as plain data. */
import type { InlineKeyboardButton } from 'grammy/types';
import { type ButtonAction, encodePress } from './codec.ts';

type Style = 'danger' | 'success' | 'primary';

export function pressButton(
  text: string,
  action: ButtonAction,
  argument = '',
  style?: Style,
): InlineKeyboardButton {
  const callback_data = encodePress(action, argument);
  return style ? { text, callback_data, style } : { text, callback_data };
}

export function ticketButton(text: string, nonce: string, style?: Style): InlineKeyboardButton {
  return pressButton(text, 'ticket', nonce, style);
}
