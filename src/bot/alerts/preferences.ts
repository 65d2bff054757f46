/** How one person wants to be told, and what that means at a given moment. Pure. */
import { z } from 'zod';
import {
  type AlertEvent,
  type AlertMode,
  defaultMode,
  isUrgent,
  MODES,
  modesOf,
} from './events.ts';

const hour = z.number().int().min(0).max(23);

export const preferencesSchema = z.object({
  /** Only what differs from the defaults; unknown events of other versions stay where they are. */
  events: z.record(z.string(), z.enum(MODES)).default({}),
  /** Whole hours on the reader's own clock; `to` is the first hour with sound again. */
  quiet: z.object({ from: hour, to: hour }).nullable().default(null),
  card: z.boolean().default(true),
});

export type Preferences = z.infer<typeof preferencesSchema>;

export const DEFAULT_PREFERENCES: Preferences = preferencesSchema.parse({});

export function modeOf(preferences: Preferences, event: AlertEvent): AlertMode {
  const wanted = preferences.events[event] ?? defaultMode(event);
  return modesOf(event).includes(wanted) ? wanted : defaultMode(event);
}

export function withMode(
  preferences: Preferences,
  event: AlertEvent,
  mode: AlertMode,
): Preferences {
  return { ...preferences, events: { ...preferences.events, [event]: mode } };
}

/** The mode a press of the button leads to. */
export function nextMode(preferences: Preferences, event: AlertEvent): AlertMode {
  const modes = modesOf(event);
  const index = modes.indexOf(modeOf(preferences, event));
  return modes[(index + 1) % modes.length] ?? defaultMode(event);
}

export function isQuiet({ quiet }: Preferences, at: number, timeZone: string): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const now = hourIn(at, timeZone);
  const { from, to } = quiet;
  return from < to ? now >= from && now < to : now >= from || now < to;
}

export interface Telling {
  readonly mode: 'now' | 'digest' | 'off';
  readonly silent: boolean;
}

export function tellingOf(
  preferences: Preferences,
  event: AlertEvent,
  at: number,
  timeZone: string,
): Telling {
  const mode = modeOf(preferences, event);
  if (mode === 'off' || mode === 'digest') return { mode, silent: true };
  const mustSleep = isQuiet(preferences, at, timeZone) && !isUrgent(event);
  return { mode: 'now', silent: mode === 'silent' || mustSleep };
}

function hourIn(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone });
  return Number(format.format(at));
}
