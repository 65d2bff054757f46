/** Where the engine's notices become messages in each person's language. */
import type { Actor } from '../../core/actor.ts';
import type { Notice } from '../../core/notice.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Notifier } from '../../ports/notifier.ts';
import { describeFailure } from '../api/failure.ts';
import type { Catalogue, Words } from '../i18n/words.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { Directory } from '../people/directory.ts';
import { type EmergencyNotice, emergencyView } from '../views/emergency.ts';
import { noticeView, type PlainNotice } from '../views/notice.ts';
import type { View } from '../views/view.ts';
import { Gathering } from './gathering.ts';
import type { PlanBoard } from './plan-board.ts';
import { type Policy, policyOf } from './policy.ts';

export interface NoticeDeskDeps {
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly plans: PlanBoard;
  readonly words: Catalogue;
  readonly clock: Clock;
  readonly log: Logger;
}

const EMERGENCY_WINDOW_MS = 2_000;
const EMERGENCY: Policy = { role: 'viewer', priority: 'critical', silent: false };

export class NoticeDesk implements Notifier {
  readonly #deps: NoticeDeskDeps;
  readonly #emergencies: Gathering<EmergencyNotice>;

  constructor(deps: NoticeDeskDeps) {
    this.#deps = deps;
    this.#emergencies = new Gathering(deps.clock, EMERGENCY_WINDOW_MS, (notices) => {
      const at = Math.min(...notices.map((notice) => notice.at));
      this.#tell(EMERGENCY, at, (t) => emergencyView(notices, t));
    });
  }

  notify(notice: Notice): void {
    try {
      this.#take(notice);
    } catch (error) {
      const fields = { notice: notice.type, ...describeFailure(error) };
      this.#deps.log.error(fields, 'notice not told');
    }
  }

  /** Lets out what still gathers. */
  flush(): void {
    this.#emergencies.flush();
  }

  #take(notice: Notice): void {
    const { plans } = this.#deps;
    if (notice.type === 'stopped') this.flush();
    if (notice.type === 'emergency') this.#emergencies.add(notice);
    else if (notice.type === 'plan_proposed') plans.propose(notice.plan);
    else if (notice.type === 'plan_changed') plans.changed(notice.plan);
    else this.#tell(policyOf(notice), notice.at, (t) => noticeView(notice, t), byOf(notice));
  }

  /** To everybody the policy names, except whoever did it: they have their own answer. */
  #tell(policy: Policy, at: number, view: (t: Words) => View, by?: Actor): void {
    const { outbox, directory, words } = this.#deps;
    const { role, priority, silent } = policy;
    for (const person of directory.recipients(role)) {
      if (by?.id === String(person.id)) continue;
      const t = words(person);
      outbox.push({
        chatId: person.id,
        priority,
        silent,
        at,
        compose: () => view(t),
      });
    }
  }
}

function byOf(notice: PlainNotice): Actor | undefined {
  return 'by' in notice ? notice.by : undefined;
}
