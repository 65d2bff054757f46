/**
 * Other people's words inside ours, such as names: on one line and in its direction, so that
 * nobody's name can look like a message of the bot.
 */
const BREAKS = /[\s\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu;

export function oneLine(text: string): string {
  return text.replace(BREAKS, ' ').trim();
}
