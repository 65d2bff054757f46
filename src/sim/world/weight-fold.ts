/** Measured risk weights as the journal tells them, compared with what decides. */
import { z } from 'zod';
import type { EngineDoor } from '../../engine/index.ts';
import type { DurableRecord } from './journal-watch.ts';

const weightsSchema = z.object({ weights: z.record(z.string(), z.number()) });

export class WeightFold {
  #weights: Readonly<Record<string, number>> = {};

  onRecord({ type, body }: DurableRecord): void {
    if (type === 'weights') this.#weights = weightsSchema.parse(body).weights;
  }

  /** The first weight said to be measured that was never written down; null when there is none. */
  objection(shown: ReturnType<EngineDoor['positions']>): string | null {
    for (const { symbol, weight, weightSource } of shown) {
      const kept = this.#weights[symbol];
      if (weightSource !== 'measured' || kept === weight) continue;
      return `${symbol} weighs ${weight}, journal says ${kept}`;
    }
    return null;
  }
}
