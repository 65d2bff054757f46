import type { Notice } from '../../core/notice.ts';
import type { Words } from '../i18n/words.ts';
import { adjustmentRows, adjustmentTroubles } from './adjustments.ts';
import { rate, share, usd } from './format.ts';
import { namesFor } from './names.ts';
import { type Block, compose, type View } from './view.ts';

export type EmergencyNotice = Extract<Notice, { readonly type: 'emergency' }>;

/** Several emergencies of one moment make one message, worst first. */
export function emergencyView(notices: readonly EmergencyNotice[], t: Words): View {
  const sorted = [...notices].sort((a, b) => a.distance - b.distance);
  const nameOf = namesFor(sorted.map(({ symbol }) => symbol));
  const dryRun = sorted.some((notice) => notice.dryRun);
  const names = [...new Set(sorted.map(({ symbol }) => nameOf(symbol)))].join(', ');
  const title = t(dryRun ? 'emergency-title-dry' : 'emergency-title', { names });
  const blocks = sorted.flatMap((notice): Block[] => {
    const name = nameOf(notice.symbol);
    const { adjustments, missingUsd } = notice;
    const state = t('emergency-state', {
      name,
      rate: rate(notice.ratePct),
      distance: share(notice.distance),
    });
    const rows: Block[] =
      adjustments.length > 0
        ? [{ rows: adjustmentRows(adjustments, t) }]
        : [t('emergency-no-moves')];
    const missing = missingUsd.gt(0)
      ? [t('emergency-missing', { name, missing: usd(missingUsd) })]
      : [];
    return [state, ...rows, ...adjustmentTroubles(adjustments, t), ...missing];
  });
  return compose([title, ...blocks]);
}
