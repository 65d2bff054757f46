/** Whom a text is for: decides the language, how figures are written, and which clock is meant. */
import type { Locale } from './locale.ts';

export interface Reader {
  readonly locale: Locale;
  /** IANA name such as `Asia/Seoul`. */
  readonly timeZone: string;
}
