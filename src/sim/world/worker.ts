/** What a worker of the pool runs: one seed at a time. */
import { runSeed, type SeedResult } from './run-seed.ts';

export interface SeedTask {
  readonly seed: number;
  readonly hours: number;
  readonly stopsAtFirst: boolean;
}

export function run({ seed, hours, stopsAtFirst }: SeedTask): Promise<SeedResult> {
  return runSeed(seed, hours, stopsAtFirst);
}
