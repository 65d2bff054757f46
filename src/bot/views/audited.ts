/** Acts on record in words. A command is the same in every language and stands as it was typed. */
import type { TicketAction } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { isRole } from '../people/roles.ts';

const TICKETS: Readonly<Record<TicketAction, true>> = {
  run_rebalance: true,
  cancel_rebalance: true,
  approve_plan: true,
  reject_plan: true,
  dry_run_off: true,
  undo_setting: true,
  run_act: true,
  cancel_act: true,
  resume: true,
  clear_halt: true,
  apply_settings: true,
  confirm: true,
  cancel: true,
};
/** What happened without a ticket, by the code it is recorded under. */
const OTHERS = [
  'pair',
  'invite',
  'role_changed',
  'person_removed',
  'factor_used',
  'factor_shown',
  'factor_enrolled',
  'guard_on',
  'guard_off',
] as const;
export type AuditedAct = TicketAction | (typeof OTHERS)[number];

export const AUDITED_ACTS: readonly string[] = [...Object.keys(TICKETS), ...OTHERS];

/** Plain text; an act that no version here ever recorded stays as it is. */
export function actName(act: string, t: Words): string {
  if (AUDITED_ACTS.includes(act)) return t.plain(`audit-${act}`);
  return /^[a-z]+$/.test(act) ? `/${act}` : act;
}

/** Their tickets are about ids that mean nothing to a reader. */
const BY_ID: ReadonlySet<string> = new Set<TicketAction>([
  'run_rebalance',
  'cancel_rebalance',
  'approve_plan',
  'reject_plan',
  'undo_setting',
  'run_act',
  'cancel_act',
  'resume',
  'clear_halt',
  'apply_settings',
  'confirm',
]);
const DRY_RUN_ANSWERS = new Map([
  ['first', 'button-dry-run-continue'],
  ['second', 'button-dry-run-off'],
  ['keep', 'button-dry-run-keep'],
]);

/** What an act was about; a role or another act is named, values stay as they are. */
export function actDetail(act: string, detail: string, t: Words): string {
  if (BY_ID.has(act)) return '';
  if (act === 'cancel') return AUDITED_ACTS.includes(detail) ? `(${actName(detail, t)})` : '';
  const answer = act === 'dry_run_off' ? DRY_RUN_ANSWERS.get(detail) : undefined;
  if (answer !== undefined) return `(${t.plain(answer)})`;
  return detail
    .split(' ')
    .map((word) => (isRole(word) ? t.plain(`role-${word}`) : word))
    .join(' ');
}
