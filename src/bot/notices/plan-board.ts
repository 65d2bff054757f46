/**
 * Liquidation plans in the chats: every message about a plan shows its present state, and buttons
 * only while it can still be decided.
 */
import type { LiquidationPlanReport } from '../../core/notice.ts';
import type { EngineDoor } from '../../engine/door.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Audience } from '../alerts/audience.ts';
import { tellingOf } from '../alerts/preferences.ts';
import { describeFailure } from '../api/failure.ts';
import { ticketButton } from '../buttons/keys.ts';
import type { Tickets } from '../buttons/tickets.ts';
import type { Catalogue, Words } from '../i18n/words.ts';
import type { Jobs } from '../jobs.ts';
import type { Outbox, Priority } from '../outbox/delivery.ts';
import type { Directory, Person } from '../people/directory.ts';
import { allows } from '../people/roles.ts';
import { planView } from '../views/plan.ts';
import type { Buttons, View } from '../views/view.ts';

export interface PlanBoardDeps {
  readonly door: Pick<EngineDoor, 'status'>;
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly audience: Audience;
  readonly tickets: Tickets;
  readonly words: Catalogue;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Where a plan is shown; in a group nobody in particular decides, so it has no buttons. */
interface Place {
  readonly chatId: number;
  readonly threadId?: number | undefined;
  readonly personId: number | null;
  readonly nonces: readonly string[] | null;
  readonly silent: boolean;
  readonly t: Words;
}

/** One message about a plan. */
interface Shown {
  readonly chatId: number;
  readonly personId: number | null;
  readonly messageId: number;
  readonly nonces: readonly string[] | null;
}

interface Entry {
  plan: LiquidationPlanReport;
  readonly shown: Shown[];
}

const PLANS_MAX = 100;
const MESSAGES_MAX = 200;

export class PlanBoard {
  readonly #deps: PlanBoardDeps;
  readonly #entries = new Map<string, Entry>();

  constructor(deps: PlanBoardDeps) {
    this.#deps = deps;
  }

  /** A new plan, to everybody; who may decide gets buttons of their own. */
  propose(plan: LiquidationPlanReport): void {
    this.#keep(plan);
    const { directory, audience, clock } = this.#deps;
    for (const recipient of audience.recipients('viewer')) {
      const { personId, chatId, preferences, t } = recipient;
      const { silent } = tellingOf(preferences, 'plans', clock.now(), t.timeZone);
      const person = personId === null ? null : directory.find(personId);
      if (person) this.show(plan, person, chatId, 'critical', silent);
      else this.#send(this.#keep(plan), { ...recipient, nonces: null, silent }, 'critical');
    }
  }

  /** Edits every message about the plan. */
  changed(plan: LiquidationPlanReport): void {
    const entry = this.#keep(plan);
    for (const shown of entry.shown) this.#refresh(entry, shown);
  }

  /** A pause or dry run began or ended: what approving means is another thing now. */
  held(): void {
    for (const entry of this.#entries.values()) {
      if (entry.plan.state !== 'pending') continue;
      for (const shown of entry.shown) this.#refresh(entry, shown);
    }
  }

  /** Sends a plan to one chat, with buttons made for that person. */
  show(
    plan: LiquidationPlanReport,
    person: Person,
    chatId: number,
    priority: Priority,
    silent = false,
  ): void {
    const entry = this.#keep(plan);
    this.#deps.jobs.run('show plan', async () => {
      const nonces = await this.#permissions(entry.plan, person, chatId);
      const t = this.#deps.words(person);
      this.#send(entry, { chatId, personId: person.id, nonces, silent, t }, priority);
    });
  }

  /** A message from before a restart, that a press came from, follows the plan from now on. */
  adopt(plan: LiquidationPlanReport, person: Person, chatId: number, messageId: number): void {
    if (this.follows(plan.planId, chatId, messageId)) return;
    // What notices told since is newer than the answer to the press.
    const entry = this.#entries.get(plan.planId) ?? this.#keep(plan);
    const shown = { chatId, personId: person.id, messageId, nonces: null };
    this.#add(entry, shown);
    this.#refresh(entry, shown);
  }

  /** Whether changes of the plan reach this message. */
  follows(planId: string, chatId: number, messageId: number): boolean {
    const shown = this.#entries.get(planId)?.shown ?? [];
    return shown.some((message) => message.chatId === chatId && message.messageId === messageId);
  }

  #keep(plan: LiquidationPlanReport): Entry {
    const known = this.#entries.get(plan.planId);
    const entry = known ?? { plan, shown: [] };
    entry.plan = plan;
    this.#entries.set(plan.planId, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= PLANS_MAX) break;
      this.#entries.delete(oldest);
    }
    return entry;
  }

  #add(entry: Entry, shown: Shown): void {
    entry.shown.push(shown);
    if (entry.shown.length > MESSAGES_MAX) entry.shown.shift();
  }

  async #permissions(
    plan: LiquidationPlanReport,
    person: Person,
    chatId: number,
  ): Promise<readonly string[] | null> {
    const { tickets, clock, log } = this.#deps;
    const ttlMs = plan.expiresAt - clock.now();
    if (plan.state !== 'pending' || ttlMs <= 0 || !allows(person.role, 'operator')) return null;
    const subject = plan.planId;
    try {
      return await tickets.issue(person.id, chatId, ttlMs, [
        { action: 'approve_plan', subject },
        { action: 'reject_plan', subject },
      ]);
    } catch (error) {
      // The alert matters more than its buttons.
      log.error(describeFailure(error), 'no buttons for a liquidation plan');
      return null;
    }
  }

  #send(entry: Entry, place: Place, priority: Priority): void {
    const { outbox, clock } = this.#deps;
    const { chatId, threadId, personId, nonces, silent, t } = place;
    let composed = entry.plan;
    outbox.push({
      ...{ chatId, threadId, priority, silent },
      at: clock.now(),
      binds: nonces ?? [],
      compose: () => {
        composed = entry.plan;
        return this.#view(entry.plan, t, nonces);
      },
      onSent: (messageId) => {
        const shown = { chatId, personId, messageId, nonces };
        this.#add(entry, shown);
        if (entry.plan !== composed) this.#refresh(entry, shown);
      },
    });
  }

  #refresh(entry: Entry, shown: Shown): void {
    const { outbox, directory, words, audience, clock } = this.#deps;
    const person = shown.personId === null ? null : directory.find(shown.personId);
    const t = person ? words(person) : audience.wordsOf(shown.chatId);
    if (!t) return;
    outbox.push({
      chatId: shown.chatId,
      priority: 'critical',
      edits: shown.messageId,
      at: clock.now(),
      compose: () => this.#view(entry.plan, t, shown.nonces),
    });
  }

  #view(plan: LiquidationPlanReport, t: Words, nonces: readonly string[] | null): View {
    const mayDecide = nonces !== null;
    const { door, clock } = this.#deps;
    const { paused, dryRun } = door.status();
    const model = { plan, mayDecide, paused: paused !== null, dryRun };
    return planView(model, clock.now(), t, planButtons(nonces, t));
  }
}

function planButtons(nonces: readonly string[] | null, t: Words): Buttons {
  const [approve, reject] = nonces ?? [];
  if (!approve || !reject) return [];
  return [
    [
      ticketButton(t.plain('button-approve'), approve, 'danger'),
      ticketButton(t.plain('button-reject'), reject, 'primary'),
    ],
  ];
}
