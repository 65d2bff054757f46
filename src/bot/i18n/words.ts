/** The catalogue: every text a person reads, looked up by key in their language. */
import { fileURLToPath } from 'node:url';
import { I18n } from '@grammyjs/i18n';
import { escapeHtml } from '../views/html.ts';
import { DEFAULT_LOCALE, type Locale } from './locale.ts';

export type Vars = Readonly<Record<string, string | number>>;

/** Texts of one language. Called, it returns HTML for messages with every variable escaped. */
export interface Words {
  (key: string, vars?: Vars): string;
  /** For button labels and toasts, which Telegram shows as they are. */
  plain(key: string, vars?: Vars): string;
  readonly locale: Locale;
}

export type Catalogue = (locale: Locale) => Words;

/** Reads the catalogue files once. @throws when a file is missing or cannot be read. */
export function loadCatalogue(): Catalogue {
  const i18n = new I18n({
    defaultLocale: DEFAULT_LOCALE,
    directory: fileURLToPath(new URL('../locales', import.meta.url)),
    // Isolation marks around values would end up in copied numbers and code spans.
    fluentBundleOptions: { useIsolating: false },
    fluentOptions: { warningHandler: () => undefined },
  });
  const known = new Map<Locale, Words>();
  return (locale) => {
    const words = known.get(locale) ?? wordsOf(i18n, locale);
    known.set(locale, words);
    return words;
  };
}

function wordsOf(i18n: I18n, locale: Locale): Words {
  const plain = (key: string, vars: Vars = {}) => i18n.t(locale, key, { ...vars });
  const html = (key: string, vars: Vars = {}) => i18n.t(locale, key, escapeAll(vars));
  return Object.assign(html, { plain, locale });
}

function escapeAll(vars: Vars): Record<string, string | number> {
  const entries = Object.entries(vars).map(([name, value]) => [
    name,
    typeof value === 'string' ? escapeHtml(value) : value,
  ]);
  return Object.fromEntries(entries);
}
