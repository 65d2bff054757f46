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

/** What an act was about; a role is named, ids and values stay as they are. */
export function actDetail(detail: string, t: Words): string {
  return detail
    .split(' ')
    .map((word) => (isRole(word) ? t.plain(`role-${word}`) : word))
    .join(' ');
}
