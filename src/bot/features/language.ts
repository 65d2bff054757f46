import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { isLocale, LOCALES, OWN_NAMES } from '../i18n/locale.ts';
import { editText, reply, toast } from '../reply.ts';
import { compose } from '../views/view.ts';

const AUTOMATIC = 'auto';

export const languageCommand: Command = defineCommand({
  name: 'language',
  role: 'viewer',
  danger: 'reads',
  group: 'people',
  args: {},
  run: (request) => askLanguage(request),
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
    const { directory, person, words, commandList } = request;
    if (subject !== AUTOMATIC && !isLocale(subject)) return;
    toast(request, request.ctx);
    await directory.setLanguage(person.id, subject === AUTOMATIC ? null : subject);
    const now = directory.find(person.id) ?? person;
    commandList.ensure(now);
    const key = subject === AUTOMATIC ? 'language-auto' : 'language-set';
    editText(request, messageId, words(now)(key, { language: OWN_NAMES[now.locale] }));
  },
};
