/** Pushes from outside, laid over any market: a percentage spread evenly over a span of time. */

interface Push {
  readonly logPerStep: number;
  readonly contract: number | 'all';
  stepsLeft: number;
}

/** Many at once are a mistake; the oldest finish long before this. */
const PUSHES_MAX = 1_000;

export class Shocks {
  /** What the market's price is multiplied with, per contract. */
  readonly factors: Float64Array;
  #pushes: Push[] = [];
  #isTouched = false;

  constructor(contracts: number) {
    this.factors = new Float64Array(contracts).fill(1);
  }

  /** False while no shock has ever been given: then prices can be taken as they are. */
  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** @returns false when too many are under way. */
  add(contract: number | 'all', fraction: number, steps: number): boolean {
    if (this.#pushes.length >= PUSHES_MAX) return false;
    const stepsLeft = Math.max(1, Math.round(steps));
    this.#pushes.push({ contract, logPerStep: Math.log(1 + fraction) / stepsLeft, stepsLeft });
    this.#isTouched = true;
    return true;
  }

  step(): void {
    if (this.#pushes.length === 0) return;
    for (const push of this.#pushes) {
      const factor = Math.exp(push.logPerStep);
      if (push.contract === 'all') {
        for (let i = 0; i < this.factors.length; i += 1) {
          this.factors[i] = (this.factors[i] ?? 1) * factor;
        }
      } else {
        this.factors[push.contract] = (this.factors[push.contract] ?? 1) * factor;
      }
      push.stepsLeft -= 1;
    }
    this.#pushes = this.#pushes.filter(({ stepsLeft }) => stepsLeft > 0);
  }
}
