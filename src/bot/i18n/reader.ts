/** Whom a text is for: decides the language, how figures are written, and which clock is meant. */
import { DEFAULT_LOCALE, type Locale } from './locale.ts';
import { DEFAULT_TIME_ZONE } from './time-zone.ts';

export interface Reader {
  readonly locale: Locale;
  /** IANA name such as `Asia/Seoul`. */
  readonly timeZone: string;
}

export const DEFAULT_READER: Reader = { locale: DEFAULT_LOCALE, timeZone: DEFAULT_TIME_ZONE };
