/** The people of the chat, by chance: they decide plans, change their minds, and press twice. */
import type { LiquidationPlanReport, Notice } from '../../core/notice.ts';
import type { EngineDoor } from '../../engine/index.ts';
import type { Prng } from '../market/index.ts';
import type { Life } from './life.ts';
import { CUT_WITHOUT_CONSENT, DRY_RUN, PAUSE, type PermissionBook } from './permission-book.ts';
import type { Report } from './report.ts';
import type { VirtualTime } from './virtual-time.ts';

const ALICE = { id: '1', name: 'Alice' };
const BOB = { id: '2', name: 'Bob' };

export interface ActorSetup {
  readonly time: VirtualTime;
  readonly random: Prng;
  readonly permissions: PermissionBook;
  readonly report: Report;
  readonly life: () => Life | null;
  /** Once quiet, people only approve, and do so at once. */
  readonly isQuiet: () => boolean;
}

const HOUR_MS = 3_600_000;
const LATE_MS = 6 * 60_000;
/** Two services that are compared must not differ by how long people take. */
const AT_ONCE_MS = 5_000;

export class ChatActor {
  readonly #setup: ActorSetup;

  constructor(setup: ActorSetup) {
    this.#setup = setup;
    this.#next();
  }

  onNotice(notice: Notice): void {
    if (notice.type !== 'plan_proposed' || notice.plan.state !== 'pending') return;
    this.#decideLater(notice.plan);
  }

  /** Leaves nothing in the way of acting: for the time when faults have stopped. */
  async settle(door: EngineDoor): Promise<void> {
    const { permissions } = this.#setup;
    permissions.allow(PAUSE);
    await door.resume(ALICE);
    await door.clearHalt(ALICE);
    await this.#setDryRun(door, false);
  }

  #decideLater(plan: LiquidationPlanReport): void {
    const { time, random, isQuiet } = this.#setup;
    if (isQuiet()) {
      time.after(AT_ONCE_MS, () => this.#decide(plan, 'approve', ALICE));
      return;
    }
    const draw = random.next();
    if (draw > 0.9) return;
    const delayMs = draw > 0.85 ? LATE_MS : random.between(3_000, 120_000);
    const isApproval = draw < 0.7;
    time.after(delayMs, () => this.#decide(plan, isApproval ? 'approve' : 'reject', ALICE));
    if (random.next() < 0.3) {
      const other = random.next() < 0.5 ? 'approve' : 'reject';
      const laterMs = delayMs + random.between(0, 3);
      time.after(laterMs, () => this.#decide(plan, other, BOB));
    }
  }

  #decide(plan: LiquidationPlanReport, decision: 'approve' | 'reject', by: typeof ALICE): void {
    const { life, permissions, report } = this.#setup;
    const door = life()?.door;
    if (!door) return;
    const known = door.plans(true).find(({ planId }) => planId === plan.planId);
    // What was pending at the press may be approved; whatever is done without is no consent.
    if (decision === 'approve' && known?.state === 'pending') {
      const cuts = known.reductions.map(({ symbol, quantity }) => ({
        symbol,
        quantity: quantity.toNumber(),
      }));
      permissions.consent(plan.planId, cuts);
      permissions.consentToRolls(known.reductions.flatMap(({ roll }) => roll?.rollId ?? []));
    }
    this.#ask(`${decision} ${plan.planId}`, async () => {
      const answer = await door.decidePlan(plan.planId, decision, by);
      report.marks.hit(`plan ${decision} ${answer.kind}`);
    });
  }

  #next(): void {
    const { time, random } = this.#setup;
    time.after(random.between(0.05, 0.8) * HOUR_MS, () => {
      this.#next();
      this.#act();
    });
  }

  #act(): void {
    const { random, life, isQuiet, permissions } = this.#setup;
    const door = life()?.door;
    if (!door || isQuiet()) return;
    const draw = random.next();
    if (permissions.isForbidden(DRY_RUN) && draw < 0.5) {
      this.#ask('dry run off', () => this.#setDryRun(door, false));
    } else if (draw < 0.08) this.#ask('dry run on', () => this.#setDryRun(door, true));
    else if (permissions.isForbidden(PAUSE) && draw < 0.6) {
      permissions.allow(PAUSE);
      this.#ask('resume', () => door.resume(ALICE));
    } else if (draw < 0.2) this.#ask('pause', () => this.#pause(door));
    else if (draw < 0.4) this.#ask('consent', () => this.#setConsent(door));
    else if (draw < 0.5) {
      const percent = Math.round(random.between(2, 12));
      const key = 'thresholds.min_deviation_pct';
      this.#ask('deviation', () => door.changeSetting(key, percent, BOB));
    } else if (draw < 0.6) this.#ask('clear halt', () => door.clearHalt(ALICE));
    else this.#ask('rebalance', () => this.#rebalance(door));
  }

  async #setDryRun(door: EngineDoor, on: boolean): Promise<void> {
    const { permissions } = this.#setup;
    if (!on) permissions.allow(DRY_RUN);
    const ask = permissions.asks(DRY_RUN);
    await door.setDryRun(on, ALICE);
    if (on) permissions.forbid(DRY_RUN, ask);
  }

  async #setConsent(door: EngineDoor): Promise<void> {
    const { random, permissions } = this.#setup;
    const isAsked = random.next() < 0.6;
    if (!isAsked) permissions.allow(CUT_WITHOUT_CONSENT);
    const ask = permissions.asks(CUT_WITHOUT_CONSENT);
    await door.changeSetting('liquidation.require_confirmation', isAsked, ALICE);
    if (isAsked) permissions.forbid(CUT_WITHOUT_CONSENT, ask);
  }

  async #pause(door: EngineDoor): Promise<void> {
    const { permissions } = this.#setup;
    const ask = permissions.asks(PAUSE);
    await door.pause(null, ALICE);
    permissions.forbid(PAUSE, ask);
  }

  async #rebalance(door: EngineDoor): Promise<void> {
    const answer = door.previewRebalance();
    if (answer.kind !== 'preview') return;
    const { id } = answer.preview;
    // Two presses at once: at most one of them runs.
    await Promise.all([door.runRebalance(id, ALICE), door.runRebalance(id, BOB)]);
  }

  /** What the chat layer would show as a failure ends here. */
  #ask(what: string, act: () => Promise<unknown>): void {
    const { report } = this.#setup;
    report.event(`chat ${what}`);
    report.marks.hit(`chat ${what.split(' ')[0]}`);
    act().catch((error: unknown) => report.event(`chat failed ${String(error)}`));
  }
}
