/** What may be put behind a second factor; which of it is, the owners choose. */
import type { TicketAction } from '../../engine/door.ts';

export const GUARDS = ['acts', 'plans', 'resume', 'dry_run', 'settings', 'people'] as const;
export type Guard = (typeof GUARDS)[number];

/** The guard of a button's ticket; questions of the bot say theirs themselves. */
export function guardOfTicket(action: TicketAction, subject: string): Guard | null {
  switch (action) {
    case 'run_act':
    case 'run_rebalance':
      return 'acts';
    case 'approve_plan':
      return 'plans';
    case 'resume':
    case 'clear_halt':
      return 'resume';
    case 'dry_run_off':
      return subject === 'second' ? 'dry_run' : null;
    case 'undo_setting':
    case 'apply_settings':
      return 'settings';
    case 'cancel_rebalance':
    case 'cancel_act':
    case 'reject_plan':
    case 'confirm':
    case 'cancel':
      return null;
  }
}

export function isGuard(text: string): text is Guard {
  return GUARDS.some((guard) => guard === text);
}
