/** The languages of the catalogue and how a person gets theirs. */
export const LOCALES = ['en', 'zh-Hant'] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'en';

/** How each language calls itself; the same in every catalogue, so it is not part of one. */
export const OWN_NAMES: Readonly<Record<Locale, string>> = { en: 'English', 'zh-Hant': '繁體中文' };

/** Telegram's `language_code` → ours. Every Chinese reads the traditional catalogue for now. */
export function localeOf(languageCode: string | null | undefined): Locale {
  return languageCode?.toLowerCase().startsWith('zh') ? 'zh-Hant' : DEFAULT_LOCALE;
}

export function isLocale(text: string): text is Locale {
  return LOCALES.some((locale) => locale === text);
}
