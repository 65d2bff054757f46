import type { Outcome } from '../../core/outcome.ts';
import type { Words } from '../i18n/words.ts';
import { outcomeReason } from './reason.ts';

export type ReportedOutcome = Outcome | { readonly kind: 'rehearsed' };

export const OUTCOME_MARK: Readonly<Record<ReportedOutcome['kind'], string>> = {
  confirmed: '✓',
  rejected: '✗',
  denied: '✗',
  unknown: '?',
  rehearsed: '·',
};

/** Why something did not happen, as zero or one line. */
export function troubleLine(
  name: string,
  outcome: ReportedOutcome | undefined,
  t: Words,
): string[] {
  if (!outcome || outcome.kind === 'confirmed' || outcome.kind === 'rehearsed') return [];
  return [t(`outcome-${outcome.kind}`, { name, reason: outcomeReason(outcome, t) })];
}
