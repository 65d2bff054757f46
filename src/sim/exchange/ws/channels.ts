/** Public channels: subscribing, and what each of them shows. */
import { z } from 'zod';
import type { World } from '../core/index.ts';
import { candleRow, statusPayload, tickerPayload } from '../rows/market-rows.ts';
import { CHANNELS_MAX, type Channel, type ChannelKind, type Session } from './session.ts';

const ERR_UNKNOWN_PAIR = 10_001;
const ERR_SUB_FAIL = 10_300;
const ERR_SUB_MULTI = 10_301;
const ERR_SUB_UNK = 10_302;
const ERR_SUB_LIMIT = 10_305;
const ERR_UNSUB_NOT = 10_401;
const SNAPSHOT_CANDLES = 240;

const subscribeSchema = z.object({
  channel: z.string(),
  symbol: z.string().optional(),
  key: z.string().optional(),
});

interface Wanted {
  readonly kind: ChannelKind;
  readonly symbol: string;
  readonly timeFrame: string;
  /** What the reply echoes beside channel and id. */
  readonly echo: object;
}

/** Answers `subscribe`; returns the new channel when there is one. */
export function subscribe(
  session: Session,
  world: World,
  input: object,
  takeId: () => number,
): Channel | undefined {
  const fail = (msg: string, code: number): undefined => {
    session.sendEvent({ ...input, event: 'error', msg, code });
  };
  const parsed = subscribeSchema.safeParse(input);
  if (!parsed.success) return fail('subscribe: invalid', ERR_SUB_FAIL);
  const wanted = wantedOf(parsed.data);
  if (wanted === 'unknown channel') return fail('channel: unknown', ERR_SUB_UNK);
  if (wanted === 'invalid') return fail('key: invalid', ERR_SUB_FAIL);
  const index = world.indexOf.get(wanted.symbol);
  if (index === undefined) return fail('symbol: invalid', ERR_UNKNOWN_PAIR);
  const name = `${wanted.kind} ${wanted.timeFrame} ${wanted.symbol}`;
  if ([...session.channels.values()].some((channel) => channel.name === name)) {
    return fail('subscribe: dup', ERR_SUB_MULTI);
  }
  if (session.channels.size >= CHANNELS_MAX) return fail('subscribe: limit', ERR_SUB_LIMIT);
  const { kind, timeFrame, echo } = wanted;
  const channel = { id: takeId(), kind, name, index, timeFrame, sentAtMs: 0 };
  session.channels.set(channel.id, channel);
  session.sendEvent({ event: 'subscribed', channel: kind, chanId: channel.id, ...echo });
  session.sendPublic(channel, snapshotOf(world, channel));
  return channel;
}

export function unsubscribe(session: Session, input: { chanId?: unknown }): void {
  const { chanId } = input;
  if (typeof chanId === 'number' && session.channels.delete(chanId)) {
    session.sendEvent({ event: 'unsubscribed', status: 'OK', chanId });
    return;
  }
  session.sendEvent({ ...input, event: 'error', msg: 'unsubscribe: invalid', code: ERR_UNSUB_NOT });
}

function wantedOf(input: z.infer<typeof subscribeSchema>): Wanted | 'unknown channel' | 'invalid' {
  const { channel, symbol = '', key = '' } = input;
  const pair = symbol.slice(1);
  switch (channel) {
    case 'status': {
      const found = /^deriv:(t\w+:\w+)$/.exec(key);
      if (!found?.[1]) return 'invalid';
      return { kind: channel, symbol: found[1], timeFrame: '', echo: { key } };
    }
    case 'candles': {
      const [, timeFrame, wanted] = /^trade:(\w+):(t\w+:\w+)$/.exec(key) ?? [];
      if (!timeFrame || !wanted) return 'invalid';
      return { kind: channel, symbol: wanted, timeFrame, echo: { key } };
    }
    case 'ticker':
    case 'trades':
      return { kind: channel, symbol, timeFrame: '', echo: { symbol, pair } };
    default:
      return 'unknown channel';
  }
}

function snapshotOf(world: World, channel: Channel): unknown {
  if (channel.kind !== 'candles') return channel.kind === 'trades' ? [] : payloadOf(world, channel);
  const bars = world.candles?.candles(channel.index, channel.timeFrame) ?? [];
  return bars.slice(-SNAPSHOT_CANDLES).reverse().map(candleRow);
}

/** The newest state of a channel; undefined for one that has none. */
export function payloadOf(world: World, { kind, index, timeFrame }: Channel): unknown {
  switch (kind) {
    case 'status':
      return statusPayload(world, index);
    case 'ticker':
      return tickerPayload(world, index);
    case 'candles': {
      const bar = world.candles?.candles(index, timeFrame)?.at(-1);
      return bar && candleRow(bar);
    }
    default:
      return undefined;
  }
}
