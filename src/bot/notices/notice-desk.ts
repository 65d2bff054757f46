/** Where the engine's notices become messages in each person's language. */
import type { Actor } from '../../core/actor.ts';
import type { Notice } from '../../core/notice.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Notifier } from '../../ports/notifier.ts';
import type { AlertBoard } from '../alerts/alert-board.ts';
import type { EmergencyNotice } from '../alerts/alert-view.ts';
import type { Audience } from '../alerts/audience.ts';
import type { Digest } from '../alerts/digest.ts';
import { eventOf } from '../alerts/events.ts';
import { tellingOf } from '../alerts/preferences.ts';
import { describeFailure } from '../api/failure.ts';
import type { Words } from '../i18n/words.ts';
import type { Outbox } from '../outbox/delivery.ts';
import { type LiquidatedNotice, liquidationsView } from '../views/liquidations.ts';
import { noticeView, type PlainNotice } from '../views/notice.ts';
import type { View } from '../views/view.ts';
import { Gathering } from './gathering.ts';
import { NoticeLog } from './notice-log.ts';
import type { PlanBoard } from './plan-board.ts';
import { priorityOf } from './policy.ts';
import { Rehearsals } from './rehearsals.ts';

export interface NoticeDeskDeps {
  readonly outbox: Outbox;
  readonly audience: Audience;
  readonly alerts: AlertBoard;
  readonly digest: Digest;
  readonly plans: PlanBoard;
  readonly clock: Clock;
  readonly log: Logger;
}

const GATHERING_MS = 2_000;

export class NoticeDesk implements Notifier {
  readonly #deps: NoticeDeskDeps;
  readonly #emergencies: Gathering<EmergencyNotice>;
  readonly #liquidations: Gathering<LiquidatedNotice>;
  readonly #rehearsals = new Rehearsals();
  readonly #lines: NoticeLog;

  constructor(deps: NoticeDeskDeps) {
    this.#deps = deps;
    this.#lines = new NoticeLog(deps.log);
    this.#emergencies = new Gathering(deps.clock, GATHERING_MS, (notices) => {
      deps.alerts.rescued(notices);
    });
    this.#liquidations = new Gathering(deps.clock, GATHERING_MS, (notices) => {
      const [first] = notices;
      if (first) this.#tell(first, (t) => liquidationsView(notices, t));
    });
  }

  notify(notice: Notice): void {
    try {
      this.#lines.write(notice);
      this.#take(notice);
    } catch (error) {
      const fields = { notice: notice.type, ...describeFailure(error) };
      this.#deps.log.error(fields, 'notice not told');
    }
  }

  /** Lets out what still gathers. */
  flush(): void {
    this.#emergencies.flush();
    this.#liquidations.flush();
  }

  #take(notice: Notice): void {
    const { plans } = this.#deps;
    if (notice.type === 'adjusted' && !this.#rehearsals.isNews(notice)) return;
    if (notice.type === 'stopped') this.flush();
    if (notice.type === 'paused' || notice.type === 'settings_changed') plans.held();
    if (notice.type === 'emergency') this.#emergencies.add(notice);
    else if (notice.type === 'liquidated') this.#liquidations.add(notice);
    else if (notice.type === 'plan_proposed') plans.propose(notice.plan);
    else if (notice.type === 'plan_changed') plans.changed(notice.plan);
    else this.#tell(notice, (t) => noticeView(notice, t));
  }

  /** To everybody who wants it, except whoever did it: they have their own answer. */
  #tell(notice: PlainNotice, viewIn: (t: Words) => View): void {
    const { outbox, audience, digest } = this.#deps;
    const { at } = notice;
    const event = eventOf(notice);
    const priority = priorityOf(notice);
    for (const { chatId, threadId, personId, preferences, t } of audience.recipients('viewer')) {
      if (personId !== null && byOf(notice)?.id === String(personId)) continue;
      const { mode, silent } = tellingOf(preferences, event, at, t.timeZone);
      if (mode === 'off') continue;
      if (mode === 'digest') digest.add(chatId, at, viewIn(t));
      else {
        const compose = () => viewIn(t);
        outbox.push({ chatId, threadId, priority, silent, at, compose });
      }
    }
  }
}

function byOf(notice: PlainNotice): Actor | undefined {
  return 'by' in notice ? notice.by : undefined;
}
