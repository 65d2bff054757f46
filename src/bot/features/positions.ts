/** `/positions`: the list in pages, or one position in full. */
import { baseOf, isSymbol, type PerpSymbol } from '../../core/symbol.ts';
import type { PositionView } from '../../engine/door.ts';
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { optional } from '../commands/argument.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { heldSymbol } from '../commands/symbol-word.ts';
import type { Request } from '../context.ts';
import { allows } from '../people/roles.ts';
import { edit, reply, toast } from '../reply.ts';
import { bannerLines } from '../views/banner.ts';

import { positionView } from '../views/position.ts';
import { positionsView } from '../views/positions.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import { actButtons } from './act-buttons.ts';
import { chartButton } from './chart.ts';
import { positionArgument } from './position-argument.ts';
import { homeButton } from './start.ts';

export const positionsCommand: Command = defineCommand({
  name: 'positions',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: { symbol: optional(heldSymbol) },
  examples: ['BTC'],
  run: (request, { symbol }) => {
    reply(request, () => (symbol ? onePosition(request, symbol) : listPage(request, 0)));
  },
});

/** Turns to a page, which also refreshes it. */
export const positionsPress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId, subject }) => {
    toast(request, request.ctx);
    const page = Number.parseInt(subject, 10);
    edit(request, messageId, () => listPage(request, Number.isSafeInteger(page) ? page : 0));
  },
};

/** Refreshes the one position shown; the argument is its symbol. */
export const positionPress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId, subject }) => {
    toast(request, request.ctx);
    edit(request, messageId, () => onePosition(request, subject));
  },
};

function listPage(request: Request, page: number): View {
  const { door, t } = request;
  const status = door.status();
  const model = {
    positions: door.positions(),
    emergencyRatePct: emergencyRatePct(request),
    banner: bannerLines(status, t),
    at: status.at,
  };
  return positionsView(model, page, t, (shown, pages) => pageButtons(request, shown, pages));
}

function pageButtons({ t }: Request, page: number, pages: number): Buttons {
  const refresh = pressButton(t.plain('button-refresh'), 'positions', String(page));
  if (pages === 1) return [[refresh, homeButton(t)]];
  const last = pages - 1;
  const before = pressButton('◀', 'positions', String(page === 0 ? last : page - 1));
  const after = pressButton('▶', 'positions', String(page === last ? 0 : page + 1));
  return [[before, { ...refresh, text: `${page + 1}/${pages} 🔄` }, after], [homeButton(t)]];
}

function onePosition(request: Request, symbol: string): View {
  const { door, t } = request;
  const positions = door.positions();
  const position = positions.find((known) => known.symbol === symbol);
  if (!position) {
    const name = isSymbol(symbol) ? baseOf(symbol) : symbol;
    return compose([t('position-unknown', { name })]);
  }
  const status = door.status();
  const model = {
    position,
    symbols: positions.map((known): PerpSymbol => known.symbol),
    emergencyRatePct: emergencyRatePct(request),
    banner: bannerLines(status, t),
    at: status.at,
  };
  return positionView(model, t, positionButtons(request, position));
}

function positionButtons({ t, person }: Request, { symbol }: PositionView): Buttons {
  const list = pressButton(t.plain('button-positions'), 'positions', '0');
  const argument = positionArgument(symbol);
  // A symbol too long for a button can still be asked for by command.
  if (!argument) return [[list]];
  const refresh = pressButton(t.plain('button-refresh'), 'position', argument);
  const why = pressButton(t.plain('button-why'), 'why', argument);
  const acts = allows(person.role, 'operator') ? actButtons(symbol, t) : [];
  const wish = { kind: 'price', span: '24h', theme: 'dark', symbol } as const;
  return [...acts, [why, ...chartButton(wish, t)], [refresh, list]];
}

function emergencyRatePct({ door }: Request): number {
  return door.settings().effective.thresholds.emergency_margin_rate;
}
