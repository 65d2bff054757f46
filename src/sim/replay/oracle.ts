/**
 * Could a liquidation have been prevented by a plan of reductions? Looks back along the very path:
 * at moments of the ten minutes before, at which the cool-down was over and no plan was made, the
 * run goes on beside itself with a plan made at once by the production planner. A position is saved
 * when five minutes after its liquidation the venue has not taken it in that other run, and fewer
 * positions in all than at the liquidation.
 *
 * `avoidable`: saved by a plan that the settings asked for. `avoidableEarlier`: by one of twice the
 * margin, or of so much that everything is reduced by the most that is allowed at once. The second
 * is hindsight: of dozens of other runs one may end better by mere chance.
 */
import type { Account } from './account.ts';
import { STEPS_PER_MINUTE } from './price-grid.ts';

/** A run that can be tried out from where it stands. */
export interface Trial {
  readonly account: Account;
  fork(): Trial;
  /** Makes a plan now, with this many times the margin. @returns whether there was one. */
  force(marginFactor: number): boolean;
  until(step: number): void;
}

const LOOK_BACK_STEPS = 10 * STEPS_PER_MINUTE;
const LOOK_AHEAD_STEPS = 5 * STEPS_PER_MINUTE;
/** Every 15 seconds of the last minute counts, before that every minute. */
const NEAR_STEPS = STEPS_PER_MINUTE;
const NEAR_EVERY = 3;
/** The last is more than any setting allows and is cut to that. */
const MORE_MARGIN = [2, Number.POSITIVE_INFINITY];

/** Null where there was nothing to plan. */
interface Outcomes {
  readonly asked: Trial | null;
  readonly more: readonly (Trial | null)[];
}

interface Moment {
  readonly step: number;
  readonly trial: Trial;
  /** What follows from a plan now; made when first asked for. */
  outcomes: Outcomes | null;
}

export class Oracle {
  #moments: Moment[] = [];
  readonly #judged: Uint8Array;
  avoidable = 0;
  avoidableEarlier = 0;

  constructor(count: number) {
    this.#judged = new Uint8Array(count);
  }

  /** @param fork asked for only where the moment is kept */
  remember(step: number, fork: () => Trial): void {
    if (step % NEAR_EVERY !== 0) return;
    this.#moments = this.#moments.filter((moment) => isOfUse(moment.step, step));
    this.#moments.push({ step, trial: fork(), outcomes: null });
  }

  /** Counts those the venue has taken since the last look. */
  judge(step: number, { taken, liquidations }: Account): void {
    for (let i = 0; i < taken.length; i += 1) {
      if (taken[i] !== 1 || this.#judged[i] === 1) continue;
      this.#judged[i] = 1;
      const tried = this.#tried(step);
      const isSaved = (outcome: Trial | null): boolean => {
        outcome?.until(step + LOOK_AHEAD_STEPS);
        return outcome?.account.taken[i] === 0 && outcome.account.liquidations < liquidations;
      };
      if (tried.some(({ asked }) => isSaved(asked))) this.avoidable += 1;
      else if (tried.some(({ more }) => more.some(isSaved))) this.avoidableEarlier += 1;
    }
  }

  #tried(step: number): Outcomes[] {
    const before = this.#moments.filter((at) => at.step < step && isOfUse(at.step, step));
    return before.map((moment) => {
      const { trial } = moment;
      moment.outcomes ??= {
        asked: forced(trial, 1),
        more: MORE_MARGIN.map((factor) => forced(trial, factor)),
      };
      return moment.outcomes;
    });
  }
}

function isOfUse(step: number, now: number): boolean {
  if (now - step > LOOK_BACK_STEPS) return false;
  return now - step <= NEAR_STEPS || step % STEPS_PER_MINUTE === 0;
}

function forced(trial: Trial, factor: number): Trial | null {
  const fork = trial.fork();
  return fork.force(factor) ? fork : null;
}
