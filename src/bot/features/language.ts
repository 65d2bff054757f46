import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { optional } from '../commands/argument.ts';
import { choice } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { isLocale, LOCALES, type Locale, OWN_NAMES } from '../i18n/locale.ts';
import { editText, reply, replyText, toast } from '../reply.ts';
import { compose } from '../views/view.ts';

const AUTOMATIC = 'auto';
const LANGUAGES = [...LOCALES, AUTOMATIC] as const;

export const languageCommand: Command = defineCommand({
  name: 'language',
  role: 'viewer',
  danger: 'reads',
  group: 'people',
  args: { language: optional(choice('language', LANGUAGES)) },
  examples: ['zh-Hant'],
  run: async (request, { language }) => {
    if (language === null) askLanguage(request);
    else replyText(request, await setLanguage(request, language));
  },
});

export function askLanguage(request: Request): void {
  const { t } = request;
  const own = LOCALES.map((locale) => pressButton(OWN_NAMES[locale], 'language', locale));
  const automatic = pressButton(t.plain('button-language-auto'), 'language', AUTOMATIC);
  reply(request, compose([t('language-ask')], [own, [automatic]]));
}

export const languagePress: PressHandler = {
  role: 'viewer',
  run: async (request, { messageId, subject }) => {
    if (subject !== AUTOMATIC && !isLocale(subject)) return;
    toast(request, request.ctx);
    editText(request, messageId, await setLanguage(request, subject));
  },
};

/** Resolves to the words about it, in the new language. */
async function setLanguage(request: Request, wanted: Locale | typeof AUTOMATIC): Promise<string> {
  const { directory, person, words, commandList } = request;
  await directory.setLanguage(person.id, wanted === AUTOMATIC ? null : wanted);
  const now = directory.find(person.id) ?? person;
  commandList.ensure(now);
  const key = wanted === AUTOMATIC ? 'language-auto' : 'language-set';
  return words(now)(key, { language: OWN_NAMES[now.locale] });
}
