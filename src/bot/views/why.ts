/** How a target came about, in numbers, step by step. */

import { ZERO } from '../../core/decimal.ts';
import type { Explanation } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { share, signedUsd, usd } from './format.ts';
import { namesFor } from './names.ts';
import { alignRows } from './table.ts';
import { type Block, type Buttons, compose, type View } from './view.ts';

export function whyView(why: Explanation, t: Words, buttons: Buttons): View {
  const name = namesFor([why.symbol])(why.symbol);
  const steps = [
    [t('why-pool'), usd(why.poolUsd)],
    [t('why-free'), usd(why.freeUsd)],
    [t('why-notional'), usd(why.notionalUsd)],
    [t('why-weight'), `${why.weight.toFixed(2)} ${t(`weight-${why.weightSource}`)}`],
    [t('why-share'), share(why.share)],
    [t('why-pnl'), signedUsd(ZERO.plus(why.unrealizedPnlUsd))],
    [t('why-closing'), usd(why.closingEquityUsd)],
    [t('why-formula'), usd(why.unboundedUsd)],
    [
      t('why-limits'),
      `${usd(why.minUsd)} … ${Number.isFinite(why.maxUsd) ? usd(why.maxUsd) : '∞'}`,
    ],
    [t('why-target'), usd(why.targetUsd)],
  ];
  const blocks: Block[] = [
    t('why-title', { name, from: usd(why.collateralUsd), to: usd(why.targetUsd) }),
    t(`why-mode-${why.mode}`, { level: levelOf(why) }),
    { rows: alignRows(steps, ['left', 'right'], '  ') },
    ...(why.bound === 'none' ? [] : [t(`why-bound-${why.bound}`)]),
    ...(why.triage ? [t('why-triage')] : []),
    t('why-distance', { before: share(why.distance), after: share(why.distanceAtTarget) }),
  ];
  return compose(blocks, buttons);
}

/** In the one mode a distance, in the other a share of collateral per weighted notional. */
function levelOf({ level }: Explanation): string {
  return share(level);
}
