/** How urgently each notice is delivered. Who hears it and how loud is each reader's own choice. */
import type { Priority } from '../outbox/delivery.ts';
import type { PlainNotice } from '../views/notice.ts';

export function priorityOf(notice: PlainNotice): Priority {
  switch (notice.type) {
    case 'liquidated':
      return 'critical';
    case 'halted':
    case 'paused':
      return notice.active ? 'critical' : 'notice';
    case 'account_warning':
    case 'venue_trouble':
    case 'stale':
      return notice.active ? 'warning' : 'notice';
    case 'setting_dropped':
    case 'roll_interrupted':
      return 'warning';
    case 'outcome_unknown':
      return notice.resolved ? 'notice' : 'warning';
    case 'daily':
      return 'report';
    case 'adjusted':
    case 'settings_changed':
    case 'drift':
    case 'weights_unknown':
    case 'reduced':
    case 'started':
    case 'stopped':
      return 'notice';
  }
}
