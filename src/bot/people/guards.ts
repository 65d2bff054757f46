/** What may be put behind a second factor; which of it is, the owners choose. */
import type { TicketAction } from '../../engine/door.ts';

export const GUARDS = ['acts', 'plans', 'resume', 'dry_run', 'settings', 'people'] as const;
export type Guard = (typeof GUARDS)[number];

/** The guards of a button's ticket; an undo and the questions of the bot say theirs themselves. */
export function guardsOfTicket(action: TicketAction, subject: string): readonly Guard[] {
  switch (action) {
    case 'run_act':
    case 'run_rebalance':
      return ['acts'];
    case 'approve_plan':
      return ['plans'];
    case 'resume':
    case 'clear_halt':
      return ['resume'];
    case 'dry_run_off':
      return subject === 'second' ? ['dry_run'] : [];
    case 'undo_setting':
    case 'apply_settings':
      return ['settings'];
    case 'cancel_rebalance':
    case 'cancel_act':
    case 'reject_plan':
    case 'confirm':
    case 'cancel':
      return [];
  }
}

export function isGuard(text: string): text is Guard {
  return GUARDS.some((guard) => guard === text);
}
