/** Who hears of what, how urgently, and what makes no sound. */
import type { Priority } from '../outbox/delivery.ts';
import type { Role } from '../people/roles.ts';
import type { PlainNotice } from '../views/notice.ts';

export interface Policy {
  readonly role: Role;
  readonly priority: Priority;
  readonly silent: boolean;
}

const NEWS: Policy = { role: 'viewer', priority: 'notice', silent: true };
const TOLD: Policy = { role: 'viewer', priority: 'notice', silent: false };
const WARNING: Policy = { role: 'viewer', priority: 'warning', silent: false };
const CRITICAL: Policy = { role: 'viewer', priority: 'critical', silent: false };

/** Routine is silent, trouble is loud, and its end is silent again. */
export function policyOf(notice: PlainNotice): Policy {
  switch (notice.type) {
    case 'halted':
    case 'paused':
      return notice.active ? CRITICAL : TOLD;
    case 'account_warning':
    case 'venue_trouble':
    case 'stale':
      return notice.active ? WARNING : NEWS;
    case 'outcome_unknown':
      return notice.resolved ? NEWS : WARNING;
    case 'adjusted':
      return notice.trigger === 'scheduled' ? NEWS : TOLD;
    case 'settings_changed':
    case 'drift':
    case 'weights_unknown':
    case 'daily':
      return NEWS;
    case 'reduced':
    case 'started':
    case 'stopped':
      return TOLD;
  }
}
