/** The catalogue: every text a person reads, looked up by key in their language. */
import { fileURLToPath } from 'node:url';
import { I18n } from '@grammyjs/i18n';
import { escapeHtml } from '../views/html.ts';
import { DEFAULT_LOCALE, type Locale } from './locale.ts';
import type { Reader } from './reader.ts';
import { DEFAULT_TIME_ZONE } from './time-zone.ts';

export type Vars = Readonly<Record<string, string | number>>;

/** Texts for one reader. Called, it returns HTML for messages with every variable escaped. */
export interface Words extends Reader {
  (key: string, vars?: Vars): string;
  /** For button labels and toasts, which Telegram shows as they are. */
  plain(key: string, vars?: Vars): string;
}

/** A language alone means a reader whose clock is not known: UTC. */
export type Catalogue = (reader: Reader | Locale) => Words;

/** Reads the catalogue files once. @throws when a file is missing or cannot be read. */
export function loadCatalogue(): Catalogue {
  const i18n = new I18n({
    defaultLocale: DEFAULT_LOCALE,
    directory: fileURLToPath(new URL('../locales', import.meta.url)),
    // Isolation marks around values would end up in copied numbers and code spans.
    fluentBundleOptions: { useIsolating: false },
    fluentOptions: { warningHandler: () => undefined },
  });
  return (reader) => wordsOf(i18n, typeof reader === 'string' ? inUtc(reader) : reader);
}

function inUtc(locale: Locale): Reader {
  return { locale, timeZone: DEFAULT_TIME_ZONE };
}

function wordsOf(i18n: I18n, { locale, timeZone }: Reader): Words {
  const plain = (key: string, vars: Vars = {}) => i18n.t(locale, key, { ...vars });
  const html = (key: string, vars: Vars = {}) => i18n.t(locale, key, escapeAll(vars));
  return Object.assign(html, { plain, locale, timeZone });
}

function escapeAll(vars: Vars): Record<string, string | number> {
  const entries = Object.entries(vars).map(([name, value]) => [
    name,
    typeof value === 'string' ? escapeHtml(value) : value,
  ]);
  return Object.fromEntries(entries);
}
