/**
 * Why something did not happen, in the reader's language. Our own code gives a reason as a code,
 * `position_gone` or `not_sent: details`; anything else is what the exchange or the network said
 * and is quoted as it came.
 */
import type { Outcome } from '../../core/outcome.ts';
import type { Words } from '../i18n/words.ts';

/** Codes with a text `reason-<code>`; a test finds every code that the other rooms give. */
export const REASON_CODES = [
  // The gate.
  'halted',
  'reducing_only',
  'paused',
  'maintenance',
  'fenced',
  'approval_missing',
  'dry_run',
  'amount_invalid',
  // The second leg of a roll.
  'not_active',
  'not_of_roll',
  'above_closed',
  'too_late',
  'price_moved',
  'balance_short',
  'balance_unknown',
  'below_minimum_order',
  // Before a write is sent.
  'plan_obsolete',
  'account_stale',
  'position_changed',
  'position_gone',
  'writes_kept',
  'request_limit',
  'waited_too_long',
  'not_signed',
  'not_sent',
  'stopping',
  'wrong_currency',
  // What became of a write.
  'filled',
  'fill_not_shown',
  'collateral_applied',
  'not_applied',
  'not_set',
  'not_found',
  'cancelled',
  'rate_limited',
  // Warnings at the start, and ends.
  'key_may_write',
  'rate_below_maintenance',
  'SIGINT',
  'SIGTERM',
] as const;

const KNOWN: ReadonlySet<string> = new Set(REASON_CODES);
const FORM = /^(\w+)(?:: (.*))?$/s;
/** Longer words of an exchange are cut: they may be a whole page of HTML. */
const QUOTED_MAX = 200;

/** Plain text, not yet escaped; empty stays empty. */
export function reasonText(reason: string, t: Words): string {
  if (reason === '') return '';
  const [, code = '', text = ''] = FORM.exec(reason) ?? [];
  if (KNOWN.has(code)) return t.plain(`reason-${code}`, { text: shortened(text) });
  return t.plain('reason-quoted', { text: shortened(reason) });
}

/** A rejection's code is ours where we found it out, else the exchange's own. */
export function outcomeReason(outcome: Outcome, t: Words): string {
  if (outcome.kind === 'confirmed') return reasonText(outcome.detail, t);
  if (outcome.kind !== 'rejected') return reasonText(outcome.reason, t);
  return KNOWN.has(outcome.code)
    ? reasonText(`${outcome.code}: ${outcome.reason}`, t)
    : t.plain('reason-quoted', { text: shortened(outcome.reason) });
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= QUOTED_MAX) return text;
  return `${characters.slice(0, QUOTED_MAX).join('')}…`;
}
