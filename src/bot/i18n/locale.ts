/** The languages of the catalogue and how a person gets theirs. */
export const LOCALES = ['en', 'zh-Hans', 'zh-Hant', 'ko'] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'en';

/** How each language calls itself; the same in every catalogue, so it is not part of one. */
export const OWN_NAMES: Readonly<Record<Locale, string>> = {
  en: 'English',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  ko: '한국어',
};

/**
 * An IETF tag such as Telegram's `language_code` → ours. Chinese is told by script where the tag
 * has one, else by region (Taiwan, Hong Kong and Macau write traditional), else simplified.
 */
export function localeOf(languageCode: string | null | undefined): Locale {
  const [language, ...subtags] = languageCode?.toLowerCase().split(/[-_]/) ?? [];
  if (language === 'ko') return 'ko';
  if (language !== 'zh') return DEFAULT_LOCALE;
  if (subtags.includes('hans')) return 'zh-Hans';
  const isTraditional = subtags.some((tag) => ['hant', 'tw', 'hk', 'mo'].includes(tag));
  return isTraditional ? 'zh-Hant' : 'zh-Hans';
}

export function isLocale(text: string): text is Locale {
  return LOCALES.some((locale) => locale === text);
}
