/** Telegram's own list of commands: by role and language, strangers see `/start` only. */
import type { Api } from 'grammy';
import type { BotCommand } from 'grammy/types';
import type { Logger } from '../../ports/logger.ts';
import { classifyFailure, describeFailure } from '../api/failure.ts';
import { DEFAULT_LOCALE, type Locale } from '../i18n/locale.ts';
import type { Catalogue } from '../i18n/words.ts';
import type { Jobs } from '../jobs.ts';
import type { Person } from '../people/directory.ts';
import type { Role } from '../people/roles.ts';
import type { CommandTable } from './command.ts';

export interface CommandListDeps {
  readonly api: Api;
  readonly table: CommandTable;
  readonly words: Catalogue;
  readonly jobs: Jobs;
  readonly log: Logger;
}

export class CommandList {
  readonly #deps: CommandListDeps;
  /** What each person was last given in this run. */
  readonly #given = new Map<number, string>();

  constructor(deps: CommandListDeps) {
    this.#deps = deps;
  }

  /** What Telegram offers a person behind `/`. */
  entries(role: Role, locale: Locale): BotCommand[] {
    const t = this.#deps.words(locale);
    return this.#deps.table
      .for(role)
      .map(({ name }) => ({ command: name, description: t.plain(`command-${name}`) }));
  }

  /** For everybody the bot does not know. @throws what Telegram refused */
  async publishDefault(): Promise<void> {
    const { api, words } = this.#deps;
    const start = (locale: Locale) => [
      { command: 'start', description: words(locale).plain('command-start') },
    ];
    await api.setMyCommands(start(DEFAULT_LOCALE));
    // Telegram knows one Chinese: strangers get the simplified list, everybody else their own.
    await api.setMyCommands(start('zh-Hans'), { language_code: 'zh' });
    await api.setMyCommands(start('ko'), { language_code: 'ko' });
  }

  /** Somebody who no longer belongs here keeps no list. */
  forget(id: number): void {
    this.#given.delete(id);
    const { api, jobs, log } = this.#deps;
    jobs.run('command list', async () => {
      try {
        await api.deleteMyCommands({ scope: { type: 'chat', chat_id: id } });
      } catch (error) {
        log.warn(describeFailure(error), 'command list not deleted');
      }
    });
  }

  /** Sets a person's list when role or language changed; done in the background. */
  ensure(person: Person): void {
    const wanted = `${person.role} ${person.locale}`;
    if (this.#given.get(person.id) === wanted) return;
    this.#given.set(person.id, wanted);
    const { api, jobs, log } = this.#deps;
    jobs.run('command list', async () => {
      try {
        await api.setMyCommands(this.entries(person.role, person.locale), {
          scope: { type: 'chat', chat_id: person.id },
        });
      } catch (error) {
        // Somebody who has not written yet has no chat: the first contact tries again.
        this.#given.delete(person.id);
        if (classifyFailure(error).kind === 'unreachable') return;
        log.warn(describeFailure(error), 'command list not set');
      }
    });
  }
}
