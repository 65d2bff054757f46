/** Puts what was done into history and statistics. A full disk here must not stop a rescue. */
import type { Trigger } from '../core/action.ts';
import type { Actor } from '../core/actor.ts';
import { messageOf } from '../core/errors.ts';
import type {
  AdjustmentReport,
  DailyStatistics,
  LiquidationPlanReport,
  Notice,
} from '../core/notice.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { History, HistoryKind } from '../ports/store.ts';
import type { Statistics } from './statistics.ts';

export class Recorder {
  readonly #deps: { history: History; statistics: Statistics; clock: Clock; log: Logger };

  readonly #writing = new Set<Promise<void>>();

  constructor(deps: { history: History; statistics: Statistics; clock: Clock; log: Logger }) {
    this.#deps = deps;
  }

  /** As `moves`, for callers that must not wait; a stop waits for it. */
  movesLater(
    trigger: Trigger,
    by: Actor,
    dryRun: boolean,
    moved: readonly AdjustmentReport[],
  ): void {
    this.#later(() => this.moves(trigger, by, dryRun, moved));
  }

  #later(write: () => Promise<void>): void {
    const writing = write()
      .catch((error) => {
        this.#deps.log.error({ reason: messageOf(error) }, 'statistics not written');
      })
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#writing]);
  }

  async moves(
    trigger: Trigger,
    by: Actor,
    dryRun: boolean,
    moved: readonly AdjustmentReport[],
  ): Promise<void> {
    if (moved.length === 0) return;
    await this.#append('adjustments', { trigger, by, dryRun, adjustments: moved });
    await this.#deps.statistics.countMoves(this.#deps.clock.now(), trigger, moved);
  }

  async round(plan: LiquidationPlanReport): Promise<void> {
    const trigger: Trigger = plan.decidedBy ? 'manual' : 'emergency';
    await this.#append('liquidations', { trigger, plan });
    await this.#deps.statistics.countReductions(this.#deps.clock.now(), plan.reductions);
  }

  /** Reductions by hand. */
  async cuts(plan: LiquidationPlanReport): Promise<void> {
    await this.#append('liquidations', { trigger: 'manual', plan });
    await this.#deps.statistics.countReductions(this.#deps.clock.now(), plan.reductions);
  }

  /** A day that is over. */
  async day(statistics: DailyStatistics): Promise<void> {
    await this.#append('days', statistics);
  }

  async audit(by: Actor, act: string, detail: string): Promise<void> {
    await this.#append('audit', { by, act, detail });
  }

  /** The venue closed a position by force. */
  lost(lost: Extract<Notice, { type: 'liquidated' }>): void {
    const { symbol, side, quantity, markPrice, collateralUsd } = lost;
    const body = { trigger: 'venue', symbol, side, quantity, markPrice, collateralUsd };
    this.#later(async () => {
      await this.#append('liquidations', body);
      await this.#deps.statistics.countLost(this.#deps.clock.now(), collateralUsd);
    });
  }

  async snapshot(body: object): Promise<void> {
    await this.#append('snapshots', body);
  }

  async error(what: string, reason: string): Promise<void> {
    await this.#append('errors', { what, reason });
  }

  async setting(body: object): Promise<void> {
    await this.#append('settings', body);
  }

  async #append(kind: HistoryKind, body: object): Promise<void> {
    const { history, clock, log } = this.#deps;
    try {
      await history.append(kind, clock.now(), body);
    } catch (error) {
      log.error({ kind, reason: messageOf(error) }, 'history not written');
    }
  }
}
