/** Buttons that ask for a preview of an act. They do nothing themselves, so they never expire. */
import { isSymbol, type PerpSymbol } from '../../core/symbol.ts';
import type { ActRequest } from '../../engine/door.ts';
import { pressButton } from '../buttons/keys.ts';
import type { Words } from '../i18n/words.ts';
import type { Buttons } from '../views/view.ts';
import { positionArgument } from './position-argument.ts';

/** What a button can ask for: the rest is typed. */
export type QuickAct =
  | { readonly kind: 'reduce'; readonly sharePct: number; readonly symbol: PerpSymbol }
  /** To twice the emergency rate. */
  | { readonly kind: 'topup'; readonly symbol: PerpSymbol }
  | { readonly kind: 'deleverage'; readonly leverage: number };

/** `r25:SYMBOL`, `t:SYMBOL`, `d2`; null when a symbol does not fit. */
export function encodeAct(act: QuickAct): string | null {
  if (act.kind === 'deleverage') return `d${act.leverage}`;
  const symbol = positionArgument(act.symbol);
  if (!symbol) return null;
  return act.kind === 'topup' ? `t:${symbol}` : `r${act.sharePct}:${symbol}`;
}

/** Null for anything that `encodeAct` did not write. */
export function decodeAct(argument: string): QuickAct | null {
  const [, leverage] = /^d([1-9]\d?)$/.exec(argument) ?? [];
  if (leverage !== undefined) return { kind: 'deleverage', leverage: Number(leverage) };
  const [, verb, share = '', symbol = ''] = /^([rt])(\d{0,3}):(.+)$/.exec(argument) ?? [];
  if (!isSymbol(symbol)) return null;
  if (verb === 't' && share === '') return { kind: 'topup', symbol };
  const sharePct = Number(share);
  if (verb !== 'r' || sharePct < 1 || sharePct > 100) return null;
  return { kind: 'reduce', symbol, sharePct };
}

/** Top up, reduce a quarter, close: for a position, a warning or an alert. */
export function actButtons(symbol: PerpSymbol, t: Words): Buttons {
  const topUp = encodeAct({ kind: 'topup', symbol });
  const reduce = encodeAct({ kind: 'reduce', symbol, sharePct: 25 });
  const close = encodeAct({ kind: 'reduce', symbol, sharePct: 100 });
  if (!topUp || !reduce || !close) return [];
  return [
    [
      pressButton(t.plain('button-topup'), 'act', topUp, 'success'),
      pressButton(t.plain('button-reduce', { pct: 25 }), 'act', reduce, 'danger'),
      pressButton(t.plain('button-close'), 'act', close, 'danger'),
    ],
  ];
}

/** `emergencyRatePct` as set: a top-up by button goes to twice that. */
export function requestFor(act: QuickAct, emergencyRatePct: number): ActRequest {
  if (act.kind !== 'topup') return act;
  return { kind: 'topup_to_rate', symbol: act.symbol, ratePct: 2 * emergencyRatePct };
}
