import type { DailyStatistics } from '../../core/notice.ts';
import type { Words } from '../i18n/words.ts';
import { rate, signedUsd, usd } from './format.ts';
import { namesFor } from './names.ts';
import { alignRows } from './table.ts';
import { dayName } from './times.ts';
import { compose, type View } from './view.ts';

/** The day's figures, with its picture. */
export function dailyView(day: DailyStatistics, t: Words): View {
  const rows = [
    [t('daily-equity'), usd(day.equityUsd)],
    [t('daily-change'), signedUsd(day.equityChangeUsd)],
    [t('daily-adjustments'), String(day.adjustments)],
    [t('daily-moved'), usd(day.movedUsd)],
    [t('daily-emergencies'), String(day.emergencies)],
    [t('daily-liquidations'), String(day.liquidations)],
    [t('daily-closed'), usd(day.closedNotionalUsd)],
    [t('daily-failed'), String(day.failedWrites)],
    ...(day.lostPositions > 0
      ? [[t('daily-lost'), `${day.lostPositions} · −${usd(day.lostUsd)}`]]
      : []),
  ];
  const { worstSymbol, worstRatePct } = day;
  const worst = worstSymbol
    ? [t('daily-worst', { name: namesFor([worstSymbol])(worstSymbol), rate: rate(worstRatePct) })]
    : [];
  const view = compose([
    t('daily-title', { day: dayName(day.utcDay, t) }),
    { rows: alignRows(rows, ['left', 'right'], '  ') },
    ...worst,
  ]);
  return { ...view, picture: { kind: 'day', utcDay: day.utcDay } };
}
