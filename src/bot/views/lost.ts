/** What the exchange closed by force today. */
import type { DailyStatistics } from '../../core/notice.ts';
import { utcDay } from '../../core/time.ts';
import type { Words } from '../i18n/words.ts';
import { usd } from './format.ts';

type Day = Pick<DailyStatistics, 'utcDay' | 'lostPositions' | 'lostUsd'>;

/** Figures stay those of yesterday until something happens: they count on their own day only. */
export function lostToday(day: Day, at: number): boolean {
  return day.lostPositions > 0 && day.utcDay === utcDay(at);
}

export function lostLines(day: Day, at: number, t: Words): string[] {
  if (!lostToday(day, at)) return [];
  return [t('status-lost', { n: day.lostPositions, lost: usd(day.lostUsd) })];
}
