import type { BalanceView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { shortUsd, signedUsd, times, usd } from './format.ts';
import { alignRows } from './table.ts';
import { type Buttons, compose, type View } from './view.ts';

/** Where the account's money is: what is free first, then what is bound. */
export function balanceView(
  balance: BalanceView,
  banner: readonly string[],
  t: Words,
  buttons: Buttons = [],
): View {
  const rows = [
    [t('balance-free'), usd(balance.availableUsd)],
    [t('balance-in-flight'), usd(balance.reservedUsd)],
    [t('balance-reserve'), usd(balance.reserveUsd)],
    [t('balance-collateral'), usd(balance.collateralUsd)],
    [t('balance-pnl'), signedUsd(balance.unrealizedPnlUsd)],
    [t('balance-locked'), usd(balance.lockedProfitUsd)],
    [t('balance-notional'), shortUsd(balance.notionalUsd, t)],
    [t('balance-leverage'), times(balance.leverage)],
  ];
  const title = t('balance-title', { equity: usd(balance.equityUsd) });
  const table = { rows: alignRows(rows, ['left', 'right'], '  ') };
  return compose([title, ...banner, table, t('balance-locked-why')], buttons);
}
