/** Scenarios: what is laid over the random path, in market time since the start. */

export const SCENARIOS = ['calm', 'slide', 'crash', 'squeeze', 'whipsaw'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface Stage {
  /** Minutes of market time since the start. */
  readonly untilMinute: number;
  /** What BTC moves over the whole stage, as a fraction; others follow by their beta. */
  readonly move: number;
  /** Factor on the volatility. */
  readonly volatility: number;
}

const QUIET = { move: 0, volatility: 1 };

/**
 * The crash falls in two waves with
 * a pause between them: the first endangers single positions, the second the account, and then it
 * slows down, so that there is time to decide.
 */
const STAGES: Readonly<Record<Scenario, readonly Stage[]>> = {
  calm: [],
  slide: [
    { untilMinute: 5, ...QUIET },
    { untilMinute: 125, move: -0.14, volatility: 1.3 },
    { untilMinute: 300, move: 0.02, volatility: 1.2 },
  ],
  crash: [
    { untilMinute: 6, ...QUIET },
    { untilMinute: 16, move: -0.045, volatility: 1.2 },
    { untilMinute: 20, move: 0.003, volatility: 1.2 },
    { untilMinute: 36, move: -0.04, volatility: 1.2 },
    { untilMinute: 56, move: -0.01, volatility: 1 },
    { untilMinute: 180, ...QUIET },
    { untilMinute: 360, move: 0.05, volatility: 1.2 },
  ],
  squeeze: [
    { untilMinute: 6, ...QUIET },
    { untilMinute: 16, move: 0.045, volatility: 1.2 },
    { untilMinute: 20, move: -0.003, volatility: 1.2 },
    { untilMinute: 36, move: 0.04, volatility: 1.2 },
    { untilMinute: 56, move: 0.01, volatility: 1 },
    { untilMinute: 180, ...QUIET },
    { untilMinute: 360, move: -0.05, volatility: 1.2 },
  ],
  whipsaw: [
    { untilMinute: 5, ...QUIET },
    ...Array.from({ length: 12 }, (_, i) => ({
      untilMinute: 5 + 12 * (i + 1),
      move: (i % 2 === 0 ? -1 : 1) * 0.045,
      volatility: 1.8,
    })),
  ],
};

/** Reads the stage of a moment; moments must not decrease. */
export class ScenarioPath {
  readonly #stages: readonly Stage[];
  #index = 0;

  /** @param pace how many times faster than written the story goes, in market time */
  constructor(scenario: Scenario, pace = 1) {
    this.#stages = STAGES[scenario].map((stage) => ({
      ...stage,
      untilMinute: stage.untilMinute / pace,
    }));
  }

  /** Log drift of BTC per minute and the factor on volatility at `minute` since the start. */
  at(minute: number): { readonly driftPerMinute: number; readonly volatility: number } {
    let stage = this.#stages[this.#index];
    while (stage && minute >= stage.untilMinute) {
      this.#index += 1;
      stage = this.#stages[this.#index];
    }
    if (!stage) return { driftPerMinute: 0, volatility: 1 };
    const from = this.#stages[this.#index - 1]?.untilMinute ?? 0;
    const driftPerMinute = Math.log(1 + stage.move) / (stage.untilMinute - from);
    return { driftPerMinute, volatility: stage.volatility };
  }
}

/** Share of positions that are long: each scenario hurts the side most of the book is on. */
export function longShare(scenario: Scenario): number {
  switch (scenario) {
    case 'crash':
    case 'slide':
      return 0.8;
    case 'squeeze':
      return 0.2;
    default:
      return 0.55;
  }
}
