/** The buttons under an alert: acts for the worst positions, and an hour of silence. */

import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { encodeAct, type QuickAct } from '../features/act-buttons.ts';
import { chartButton } from '../features/chart.ts';
import { allows } from '../people/roles.ts';
import { toast } from '../reply.ts';
import { clockTime } from '../views/format.ts';
import { namesFor } from '../views/names.ts';
import type { Buttons } from '../views/view.ts';
import type { AlertLine } from './alert-view.ts';
import type { Recipient } from './audience.ts';

/** More rows than these would push the message off a phone. */
const ROWS_MAX = 3;

/** Each leads to a preview that asks before anything is done. */
export function alertButtons(
  lines: readonly AlertLine[],
  { role, t }: Pick<Recipient, 'role' | 't'>,
): Buttons {
  const [worst] = lines;
  const wish = {
    kind: 'price',
    span: '24h',
    theme: 'dark',
    symbol: worst?.symbol ?? null,
  } as const;
  const snooze = pressButton(t.plain('alert-button-snooze'), 'snooze');
  const others = worst ? [...chartButton(wish, t), snooze] : [snooze];
  if (!allows(role, 'operator')) return [others];
  const nameOf = namesFor(lines.map(({ symbol }) => symbol));
  const rows = lines.slice(0, ROWS_MAX).map(({ symbol }) => {
    const name = nameOf(symbol);
    const button = (key: string, act: QuickAct, style: 'success' | 'danger') => {
      const argument = encodeAct(act);
      return argument === null ? [] : [pressButton(t.plain(key, { name }), 'act', argument, style)];
    };
    return [
      ...button('alert-button-topup', { kind: 'topup', symbol }, 'success'),
      ...button('alert-button-reduce', { kind: 'reduce', symbol, sharePct: 25 }, 'danger'),
      ...button('alert-button-close', { kind: 'reduce', symbol, sharePct: 100 }, 'danger'),
    ];
  });
  return [...rows.filter((row) => row.length > 0), others];
}

/** In a group one member's rest is everybody's silence: it takes an operator there. */
export const snoozePress: PressHandler = {
  role: 'viewer',
  run: (request) => {
    const { ctx, t, person, chatId, alerts } = request;
    if (chatId !== person.id && !allows(person.role, 'operator')) {
      const role = t.plain('role-operator');
      toast(request, ctx, t.plain('button-forbidden', { role }), true);
      return;
    }
    const until = alerts.snooze(chatId, person.name);
    toast(request, ctx, t.plain('alert-snoozed-toast', { time: clockTime(until, t) }));
  },
};
