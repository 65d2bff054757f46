/** What must not be overlooked: a pause, dry run, a mode other than active, a simulated market. */
import { HALT_CODES } from '../../core/halt-code.ts';
import type { PauseView, StatusView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { clockTime } from './format.ts';
import { reasonText } from './reason.ts';

type Posture = Pick<StatusView, 'mode' | 'modeReason' | 'dryRun' | 'simulated' | 'paused'>;

export function bannerLines(status: Posture, t: Words): string[] {
  const lines: string[] = [];
  const reason = haltReason(status.modeReason, t, { withRemedy: true });
  if (status.paused) lines.push(pauseLine(status.paused, t));
  if (status.mode === 'halted') lines.push(t('banner-halted', { reason }));
  if (status.mode === 'reducing') lines.push(t('banner-reducing', { reason }));
  if (status.dryRun) lines.push(t('banner-dry-run'));
  if (status.simulated) lines.push(t('banner-simulated'));
  return lines;
}

export function pauseLine({ since, until, by }: PauseView, t: Words): string {
  const who = { name: by.name, since: clockTime(since, t) };
  if (until === null) return t('banner-paused', who);
  return t('banner-paused-until', { ...who, until: clockTime(until, t) });
}

const KNOWN: ReadonlySet<string> = new Set(HALT_CODES);

/** The code of a halt in words, and what to do about it; any other text as it is. Plain text. */
export function haltReason(reason: string | null, t: Words, { withRemedy = false } = {}): string {
  if (reason === null) return '';
  if (!KNOWN.has(reason)) return reasonText(reason, t);
  const words = t.plain(`halt-${reason}`);
  return withRemedy ? `${words} ${t.plain(`halt-remedy-${reason}`)}` : words;
}
