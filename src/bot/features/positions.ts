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
import { BoundedMemory } from '../settings/memory-storage.ts';
import { bannerLines } from '../views/banner.ts';
import { positionView } from '../views/position.ts';
import { positionsView } from '../views/positions.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import { actButtons } from './act-buttons.ts';
import { chartButton } from './chart.ts';
import { positionArgument } from './position-argument.ts';
import { homeButton } from './start.ts';

/** Messages with a list whose order is kept. */
const LISTS_MAX = 500;
/** The argument of a button that turns a page; one that lists anew has the page alone. */
const TURN = '.turn';

/**
 * While somebody turns pages the order stays as it was: in a moving market no position is shown on
 * two pages, or on none. Listing anew sorts again. The orders end with the process, and a page
 * turned after that is sorted again.
 */
export class PositionsFeature {
  readonly #orders = new BoundedMemory<readonly PerpSymbol[]>(LISTS_MAX);

  readonly command: Command = defineCommand({
    name: 'positions',
    role: 'viewer',
    danger: 'reads',
    group: 'see',
    args: { symbol: optional(heldSymbol) },
    examples: ['BTC'],
    run: (request, { symbol }) => {
      if (symbol) reply(request, () => onePosition(request, symbol));
      else this.#list(request);
    },
  });

  readonly press: PressHandler = {
    role: 'viewer',
    run: (request, { messageId, subject }) => {
      toast(request, request.ctx);
      const key = `${request.chatId}:${messageId}`;
      const number = Number.parseInt(subject, 10);
      const page = Number.isSafeInteger(number) ? number : 0;
      edit(request, messageId, () => {
        const kept = subject.endsWith(TURN) ? this.#orders.read(key) : undefined;
        const positions = inOrder(request.door.positions(), kept ?? []);
        this.#orders.write(key, symbolsOf(positions));
        return listPage(request, positions, page);
      });
    },
  };

  #list(request: Request): void {
    let order: readonly PerpSymbol[] = [];
    const compose = () => {
      const positions = request.door.positions();
      order = symbolsOf(positions);
      return listPage(request, positions, 0);
    };
    const onSent = (id: number) => this.#orders.write(`${request.chatId}:${id}`, order);
    reply(request, compose, { onSent });
  }
}

/** What was listed before stays where it was; what is new follows. */
function inOrder(
  positions: readonly PositionView[],
  order: readonly PerpSymbol[],
): readonly PositionView[] {
  const places = new Map(order.map((symbol, place) => [symbol, place]));
  const placeOf = ({ symbol }: PositionView) => places.get(symbol) ?? order.length;
  return [...positions].sort((a, b) => placeOf(a) - placeOf(b));
}

function symbolsOf(positions: readonly PositionView[]): PerpSymbol[] {
  return positions.map(({ symbol }) => symbol);
}

/** Refreshes the one position shown; the argument is its symbol. */
export const positionPress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId, subject }) => {
    toast(request, request.ctx);
    edit(request, messageId, () => onePosition(request, subject));
  },
};

function listPage(request: Request, positions: readonly PositionView[], page: number): View {
  const { door, t } = request;
  const status = door.status();
  const model = {
    positions,
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
  const turn = (text: string, to: number) => pressButton(text, 'positions', `${to}${TURN}`);
  const before = turn('◀', page === 0 ? last : page - 1);
  const after = turn('▶', page === last ? 0 : page + 1);
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
    symbols: symbolsOf(positions),
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
