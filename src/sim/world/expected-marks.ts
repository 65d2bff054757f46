/** What many seeds together must have met: every trouble and every way an outcome is found out. */
import { TROUBLES } from './draw.ts';
import type { SeedResult } from './run-seed.ts';

/** The resolver's branches, as they show in the journal and in what the exchange was asked. */
const RESOLVED = [
  'outcome collateral resolved confirmed',
  'outcome collateral resolved rejected not_applied',
  'outcome collateral resolved rejected position_gone',
  'outcome order resolved confirmed',
  'outcome order resolved rejected not_found',
  'outcome order resolved rejected cancelled',
  'evidence filled',
  'evidence partly_filled',
  'evidence cancelled',
  'evidence not_found',
  'log outcome still unknown',
];
const CRASHES = ['append', 'sync', 'send', 'arrived', 'replied'].map((at) => `crash at ${at}`);
const OTHERS = [
  'log torn end of the journal cut off',
  'log document unreadable, set aside',
  'damage in the middle',
  'liquidated',
  'notice halted',
  'plan approve accepted',
  'plan approve already',
  'plan reject accepted',
  'rolled',
  'button valid',
  'button used',
  'button expired',
  'button foreign',
  'paper profile kept',
  'paper profile changed_many',
  'paper document changed',
  'paper undo changed',
  'twin and service kept all',
  'twin and service lost the same',
];

/** Names of what no seed has met. */
export function missingMarks(results: readonly SeedResult[]): string[] {
  const met = new Set(results.flatMap(({ marks }) => Object.keys(marks)));
  const isMet = (kind: string): boolean =>
    ['fault', 'network', 'trouble'].some((group) => met.has(`${group} ${kind}`));
  const named = [...RESOLVED, ...CRASHES, ...OTHERS].filter((mark) => !met.has(mark));
  return [...TROUBLES.filter((kind) => !isMet(kind)), ...named];
}
