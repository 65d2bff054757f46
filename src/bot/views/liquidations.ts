/** Positions that the exchange closed by force at about the same time. */
import { sumOf } from '../../core/decimal.ts';
import type { Notice } from '../../core/notice.ts';
import type { Words } from '../i18n/words.ts';
import { price, shortUsd, usd } from './format.ts';
import { namesFor } from './names.ts';
import { noticeView } from './notice.ts';
import { alignRows } from './table.ts';
import { compose, type View } from './view.ts';

export type LiquidatedNotice = Extract<Notice, { readonly type: 'liquidated' }>;

/** One alone is a sentence, several are a table in the order they were lost. */
export function liquidationsView(notices: readonly LiquidatedNotice[], t: Words): View {
  const [only] = notices;
  if (only && notices.length === 1) return noticeView(only, t);
  const nameOf = namesFor(notices.map(({ symbol }) => symbol));
  const head = ['', '', t('column-price'), t('column-collateral')];
  const body = notices.map(({ symbol, side, markPrice, collateralUsd }) => [
    nameOf(symbol),
    t(`side-short-${side}`),
    price(markPrice),
    shortUsd(collateralUsd, t),
  ]);
  const collateral = usd(sumOf(notices.map(({ collateralUsd }) => collateralUsd)));
  return compose([
    t('notice-liquidated-many', { n: notices.length, collateral }),
    { rows: alignRows([head, ...body], ['left', 'left', 'right', 'right']) },
  ]);
}
