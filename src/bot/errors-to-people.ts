/** The last net below all handlers: logged without secrets, told in words, no spinner left. */
import type { Update } from 'grammy/types';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { describeFailure } from './api/failure.ts';
import type { Catalogue } from './i18n/words.ts';
import type { Outbox } from './outbox/delivery.ts';
import type { Directory } from './people/directory.ts';
import { compose } from './views/view.ts';

export interface ErrorNetDeps {
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly words: Catalogue;
  readonly clock: Clock;
  readonly log: Logger;
}

export function errorNet(deps: ErrorNetDeps): (update: Update, error: unknown) => void {
  const { directory, outbox, words, clock, log } = deps;
  return (update, error) => {
    log.error({ updateId: update.update_id, ...describeFailure(error) }, 'update failed');
    const id = update.message?.from.id ?? update.callback_query?.from.id;
    const person = id === undefined ? null : directory.find(id);
    if (!person) return;
    const view = compose([words(person)('error-internal')]);
    outbox.push({ chatId: person.id, priority: 'reply', at: clock.now(), compose: () => view });
  };
}
