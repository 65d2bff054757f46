import type { PositionView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { age } from './duration.ts';
import { clockTime, price, quantity, rate, share, signedUsd, usd } from './format.ts';
import { namesFor } from './names.ts';
import { DOT, severityOf } from './severity.ts';
import { alignRows } from './table.ts';
import { type Buttons, compose, type View } from './view.ts';

export interface PositionModel {
  readonly position: PositionView;
  /** Every symbol held: tells whether the quote has to be shown. */
  readonly symbols: readonly PositionView['symbol'][];
  readonly emergencyRatePct: number;
  readonly banner: readonly string[];
  readonly at: number;
}

/** Everything known of one position. */
export function positionView(model: PositionModel, t: Words, buttons: Buttons): View {
  const { position } = model;
  const name = namesFor(model.symbols)(position.symbol);
  const title = t('position-title', {
    dot: DOT[severityOf(position, model.emergencyRatePct)],
    name,
    side: t.plain(`side-${position.side}`),
    rate: rate(position.marginRatePct),
    distance: share(position.distance),
  });
  const fenced = position.fenced ? [t('positions-fenced', { names: name })] : [];
  const footer = t('position-as-of', {
    time: clockTime(model.at, t),
    age: age(position.markAgeMs, t),
  });
  return compose(
    [title, ...model.banner, { rows: figures(position, t) }, ...fenced, footer],
    buttons,
  );
}

function figures(position: PositionView, t: Words): string[] {
  const weight = `${position.weight.toFixed(2)} ${t(`weight-${position.weightSource}`)}`;
  const rows = [
    [t('position-collateral'), usd(position.collateralUsd)],
    [t('position-target'), usd(position.targetUsd)],
    [t('position-pnl'), signedUsd(position.unrealizedPnlUsd)],
    [t('position-notional'), usd(position.notionalUsd)],
    [t('position-quantity'), quantity(position.quantity)],
    [t('position-entry'), price(position.entryPrice)],
    [t('position-mark'), price(position.markPrice)],
    [t('position-liquidation'), price(position.liquidationPrice)],
    [t('position-maintenance'), rate(position.maintenanceRatePct)],
    [t('position-weight'), weight],
    [t('position-priority'), String(position.priority)],
  ];
  return alignRows(rows, ['left', 'right'], '  ');
}
