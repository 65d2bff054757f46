/** What must not be overlooked: dry run, a mode other than active, a simulated market. */
import type { StatusView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';

type Posture = Pick<StatusView, 'mode' | 'modeReason' | 'dryRun' | 'simulated'>;

export function bannerLines(status: Posture, t: Words): string[] {
  const lines: string[] = [];
  const reason = status.modeReason ?? '';
  if (status.mode === 'halted') lines.push(t('banner-halted', { reason }));
  if (status.mode === 'reducing') lines.push(t('banner-reducing', { reason }));
  if (status.dryRun) lines.push(t('banner-dry-run'));
  if (status.simulated) lines.push(t('banner-simulated'));
  return lines;
}
