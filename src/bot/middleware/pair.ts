/** `/pair CODE`: the only words the bot takes from somebody it does not know. */
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { BotContext } from '../context.ts';
import { localeOf } from '../i18n/locale.ts';
import type { Catalogue, Vars } from '../i18n/words.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { Directory } from '../people/directory.ts';
import type { Pairing } from '../people/pairing.ts';
import { compose } from '../views/view.ts';

export interface PairDeps {
  readonly pairing: Pairing;
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly words: Catalogue;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onIgnored: () => void;
  readonly onPaired: (id: number) => void;
}

export function pairHandler(deps: PairDeps): (ctx: BotContext, code: string) => Promise<void> {
  const { pairing, directory, outbox, words, clock, log } = deps;
  return async (ctx, code) => {
    const { from } = ctx;
    if (!from) return;
    const verdict = pairing.attempt(code);
    if (verdict.kind === 'closed') {
      deps.onIgnored();
      return;
    }
    const wordsOf = () => words(directory.find(from.id) ?? localeOf(from.language_code));
    const say = (key: string, vars: Vars = {}) => {
      const view = compose([wordsOf()(key, vars)]);
      outbox.push({ chatId: from.id, priority: 'reply', at: clock.now(), compose: () => view });
    };
    if (verdict.kind === 'wrong') {
      log.warn({ userId: from.id, left: verdict.left }, 'wrong pairing code');
      say('pair-wrong', { left: verdict.left });
      return;
    }
    const { role } = verdict;
    await directory.admit(from, role);
    log.info({ userId: from.id, role }, 'person paired');
    say('pair-done', { role: wordsOf().plain(`role-${role}`) });
    deps.onPaired(from.id);
  };
}
