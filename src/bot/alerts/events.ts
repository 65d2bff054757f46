/** What people can be told about, each loud, silent, gathered or not at all. */
import type { PlainNotice } from '../views/notice.ts';

export const EVENTS = [
  'critical',
  'warning',
  'notice',
  'plans',
  'account',
  'exchange',
  'moves',
  'routine',
  'changes',
  'service',
  'report',
] as const;
export type AlertEvent = (typeof EVENTS)[number];

export const MODES = ['loud', 'silent', 'digest', 'off'] as const;
export type AlertMode = (typeof MODES)[number];

/** What has to be decided at once is heard at night, and nobody can switch it off by mistake. */
const URGENT: ReadonlySet<AlertEvent> = new Set(['critical', 'plans']);

export function isUrgent(event: AlertEvent): boolean {
  return URGENT.has(event);
}

/** Position alerts and plans are edited in place: they cannot be gathered. */
export function modesOf(event: AlertEvent): readonly AlertMode[] {
  if (isUrgent(event)) return ['loud', 'silent'];
  if (event === 'warning' || event === 'notice') return ['loud', 'silent', 'off'];
  return MODES;
}

/** Trouble is loud, routine is silent. */
const DEFAULT_MODES: Readonly<Record<AlertEvent, AlertMode>> = {
  critical: 'loud',
  warning: 'loud',
  notice: 'silent',
  plans: 'loud',
  account: 'loud',
  exchange: 'loud',
  moves: 'loud',
  routine: 'silent',
  changes: 'silent',
  service: 'loud',
  report: 'silent',
};

export function defaultMode(event: AlertEvent): AlertMode {
  return DEFAULT_MODES[event];
}

export function eventOf(notice: PlainNotice): AlertEvent {
  switch (notice.type) {
    case 'halted':
    case 'paused':
    case 'liquidated':
    case 'setting_dropped':
    case 'roll_interrupted':
      return 'critical';
    case 'account_warning':
      return notice.active ? 'account' : 'routine';
    case 'venue_trouble':
    case 'stale':
      return notice.active ? 'exchange' : 'routine';
    case 'outcome_unknown':
      return notice.resolved ? 'routine' : 'exchange';
    case 'adjusted':
      return notice.trigger === 'scheduled' ? 'routine' : 'moves';
    case 'reduced':
      return 'moves';
    case 'settings_changed':
    case 'drift':
    case 'weights_unknown':
      return 'changes';
    case 'daily':
      return 'report';
    case 'started':
    case 'stopped':
      return 'service';
  }
}
