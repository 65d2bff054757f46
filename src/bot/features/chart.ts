/** `/chart`: a picture, with buttons that draw another one in its place. */
import { isSymbol } from '../../core/symbol.ts';
import { DAY_MS } from '../../core/time.ts';
import { describeFailure } from '../api/failure.ts';
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Argument, optional } from '../commands/argument.ts';
import { choice } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { heldSymbol } from '../commands/symbol-word.ts';
import type { Request } from '../context.ts';
import { replacePhoto, sendPhoto } from '../media.ts';
import { inBackgroundReply, replyText, toast } from '../reply.ts';
import {
  CHART_KINDS,
  CHART_SPANS,
  type ChartKind,
  type ChartSpan,
  type ChartWish,
  chartCaption,
  chartSpec,
} from '../views/chart.ts';
import type { Buttons } from '../views/view.ts';
import { positionArgument } from './position-argument.ts';

const SAMPLES_MAX = 400;
const SPAN_MS: Readonly<Record<ChartSpan, number>> = { '24h': DAY_MS, '7d': 7 * DAY_MS };

/** A span is not the name of a position. */
const chartSymbol: typeof heldSymbol = {
  ...heldSymbol,
  parse: (word, known) =>
    CHART_SPANS.some((span) => span === word.toLowerCase())
      ? { ok: false }
      : heldSymbol.parse(word, known),
};
const span: Argument<ChartSpan> = choice('span', CHART_SPANS);

export const chartCommand: Command = defineCommand({
  name: 'chart',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {
    kind: optional(choice('chart', CHART_KINDS)),
    symbol: optional(chartSymbol),
    span: optional(span),
  },
  examples: ['margin 7d', 'price BTC 24h', 'collateral'],
  fits: ({ kind, symbol }) => {
    if ((kind === 'price') === (symbol !== null)) return null;
    return kind === 'price' ? 'symbol' : '';
  },
  run: (request, { kind, symbol, span: wanted }) => {
    const wish = { kind: kind ?? 'margin', span: wanted ?? '24h', theme: 'dark', symbol } as const;
    inBackgroundReply(request, 'chart', () => draw(request, wish, null));
  },
});

/** Draws another picture in the message of the button. */
export const chartPress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId, subject }) => {
    const { ctx, t } = request;
    const wish = decodeWish(subject);
    toast(request, ctx, t.plain(wish ? 'chart-drawing' : 'button-outdated'), !wish);
    if (!wish) return;
    const isPicture = ctx.callbackQuery?.message?.photo !== undefined;
    const into = isPicture ? messageId : null;
    inBackgroundReply(request, 'chart', () => draw(request, wish, into));
  },
};

const SHORT: Readonly<Record<ChartKind, string>> = {
  margin: 'm',
  equity: 'e',
  price: 'p',
  collateral: 'c',
};

/** `m.24h.d.` or `p.7d.l.tBTCF0:USTF0`. */
export function encodeWish({ kind, span: wanted, theme, symbol }: ChartWish): string {
  return [SHORT[kind], wanted, theme === 'dark' ? 'd' : 'l', symbol ?? ''].join('.');
}

/** Null for anything that `encodeWish` did not write. */
export function decodeWish(argument: string): ChartWish | null {
  const [short, wanted, letter, name = ''] = argument.split('.');
  const kind = CHART_KINDS.find((known) => SHORT[known] === short);
  const known = CHART_SPANS.find((other) => other === wanted);
  if (!kind || !known || (letter !== 'd' && letter !== 'l')) return null;
  const symbol = isSymbol(name) ? name : null;
  if ((kind === 'price') !== (symbol !== null)) return null;
  return { kind, span: known, theme: letter === 'd' ? 'dark' : 'light', symbol };
}

async function draw(request: Request, wish: ChartWish, into: number | null): Promise<void> {
  const { charts, door, t, clock, log } = request;
  if (!charts) {
    replyText(request, t('chart-none'));
    return;
  }
  const toAt = clock.now();
  const fromAt = toAt - SPAN_MS[wish.span];
  const samples = await door.samples(fromAt, toAt, SAMPLES_MAX);
  const { thresholds } = door.settings().effective;
  const spec = chartSpec({ wish, samples, fromAt, toAt, thresholds }, t);
  if (!spec || samples.length < 2) {
    replyText(request, t('chart-empty'));
    return;
  }
  const bytes = await charts.render(spec).catch((error: unknown) => {
    log.warn(describeFailure(error), 'picture not drawn');
    return null;
  });
  if (!bytes) {
    replyText(request, t('chart-failed'));
    return;
  }
  const medium = {
    name: `${wish.kind}-${wish.span}.png`,
    bytes,
    caption: chartCaption(wish, t),
    markup: { inline_keyboard: wishButtons(wish, t).map((row) => [...row]) },
  };
  if (into === null) await sendPhoto(request, medium);
  else await replacePhoto(request, into, medium);
}

function wishButtons(wish: ChartWish, t: Request['t']): Buttons {
  if (wish.symbol && !positionArgument(wish.symbol)) return [];
  const button = (text: string, change: Partial<ChartWish>, isOn: boolean) => {
    const argument = encodeWish({ ...wish, ...change });
    return pressButton(isOn ? `• ${text}` : text, 'chart', argument);
  };
  const spans = CHART_SPANS.map((other) =>
    button(t.plain(`chart-span-${other}`), { span: other }, other === wish.span),
  );
  const kinds = (['margin', 'equity', 'collateral'] as const).map((kind) =>
    button(t.plain(`chart-${kind}`), { kind, symbol: null }, kind === wish.kind),
  );
  const other = wish.theme === 'dark' ? 'light' : 'dark';
  const theme = button(other === 'dark' ? '🌙' : '☀️', { theme: other }, false);
  const again = button(t.plain('button-refresh'), {}, false);
  return [kinds, [...spans, theme, again]];
}

/** The button that draws a picture: under a position, an alert, the status. */
export function chartButton(wish: ChartWish, t: Request['t']) {
  if (wish.symbol && !positionArgument(wish.symbol)) return [];
  return [pressButton(t.plain('button-chart'), 'chart', encodeWish(wish))];
}
