import { describe, expect, test } from 'vitest';
import type { Ending } from '../../../src/sim/exchange/http/faulty.ts';
import { Prng } from '../../../src/sim/market/index.ts';
import type { Exchange } from '../../../src/sim/world/exchange.ts';
import { Marks } from '../../../src/sim/world/marks.ts';
import { Network, noTrouble } from '../../../src/sim/world/network.ts';
import { SimProcess } from '../../../src/sim/world/sim-process.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

const REQUEST = {
  method: 'POST',
  path: '/v2/auth/w/order/submit',
  headers: {},
  body: '{}',
} as const;

function replied(status: number, text: string): Ending {
  return { kind: 'reply', reply: { status, text, outcome: '' } };
}

/** How often a request whose every copy is delivered twice reaches the exchange. */
async function arrivals(
  ending: Ending,
): Promise<{ readonly arrived: number; readonly ends: string[] }> {
  const time = new VirtualTime();
  const trouble = { ...noTrouble(), duplicated: 1 };
  const ends: string[] = [];
  let arrived = 0;
  const exchange = {
    serve: () => {
      arrived += 1;
      return Promise.resolve(ending);
    },
  } as unknown as Exchange;
  const network = new Network({
    time,
    random: new Prng(1, 'network'),
    exchange,
    trouble,
    marks: new Marks(),
    dead: new Set(),
    watch: {
      onSend: () => undefined,
      onArrived: () => undefined,
      onReply: () => undefined,
      onEnd: (_, reply) => ends.push(reply?.text ?? 'none'),
    },
  });
  const line = network.attach(new SimProcess(time, { startAt: 0, skewMs: 0 }));
  const done = line.http('', 1).request(REQUEST, new AbortController().signal);
  done.catch(() => undefined);
  await time.runUntil(60_000);
  return { arrived, ends };
}

describe('a request that the line delivers twice', () => {
  test('reaches the exchange twice, and its process hears of one reply', async () => {
    expect(await arrivals(replied(200, '[[1]]'))).toEqual({ arrived: 2, ends: ['[[1]]'] });
  });

  test.each(['["error",10114,"nonce: small"]', '["error",11010,"ratelimit: error"]'])(
    'is not admitted in its copy after %s',
    async (text) => {
      expect((await arrivals(replied(500, text))).arrived).toBe(1);
    },
  );

  test('is told as lost when the connection breaks', async () => {
    expect((await arrivals({ kind: 'reset', outcome: '' })).ends).toEqual(['none']);
  });
});
