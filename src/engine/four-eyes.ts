/** Large acts take two different people. Remembers who was first until the act is gone. */
import type { Actor } from '../core/actor.ts';
import type { Decimal } from '../core/decimal.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';

const REMEMBERED_MAX = 200;

export class FourEyes {
  readonly #settings: () => BalancerSettings;
  readonly #first = new Map<string, Actor>();

  constructor(settings: () => BalancerSettings) {
    this.#settings = settings;
  }

  /** Whether an act of this size needs a second person; a limit of 0 switches the rule off. */
  asksFor(notionalUsd: Decimal): boolean {
    const limitUsd = this.#settings().approvals.four_eyes_notional_usdt;
    return limitUsd > 0 && notionalUsd.gt(limitUsd);
  }

  /** Null when the act may run; else who confirmed first, and a different person has to follow. */
  confirm(subject: string, notionalUsd: Decimal, by: Actor): Actor | null {
    if (!this.asksFor(notionalUsd)) return null;
    const first = this.#first.get(subject);
    if (first && first.id !== by.id) {
      this.#first.delete(subject);
      return null;
    }
    this.#first.set(subject, first ?? by);
    for (const oldest of this.#first.keys()) {
      if (this.#first.size <= REMEMBERED_MAX) break;
      this.#first.delete(oldest);
    }
    return first ?? by;
  }
}
