import { beforeEach, describe, expect, test } from 'vitest';
import { AnswerWatch } from '../../../src/sim/world/answer-watch.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

const request = (path: string) => ({ method: 'POST', path, headers: {}, body: null }) as const;
const POSITIONS = request('/v2/auth/r/positions');
const ORDER = request('/v2/auth/w/order/submit');
const good = { status: 200, text: '[]', retryAfter: undefined };

let time: VirtualTime;
let watch: AnswerWatch;

beforeEach(async () => {
  time = new VirtualTime();
  watch = new AnswerWatch(time);
  time.after(5_000, () => undefined);
  await time.runUntil(5_000);
});

describe('since when the exchange answers', () => {
  test('is the last moment at which something signed was not answered', () => {
    watch.onEnd(POSITIONS, good, 50);
    watch.onEnd(request('/v2/status/deriv'), null, 50);
    expect(watch.since).toBe(0);
    watch.onEnd(ORDER, null, 50);
    expect(watch.since).toBe(5_000);
  });

  test('does not begin with a reply that takes seconds', () => {
    watch.onEnd(POSITIONS, good, 2_001);
    expect(watch.since).toBe(5_000);
  });

  test('is not touched by a write that is refused, but by a read', () => {
    const refused = { ...good, status: 500, text: '["error",10001,"not enough balance"]' };
    watch.onEnd(ORDER, refused, 50);
    expect(watch.since).toBe(0);
    watch.onEnd(POSITIONS, refused, 50);
    expect(watch.since).toBe(5_000);
  });

  test.each([
    ['an error', { ...good, status: 500 }],
    ['a page that is no JSON', { ...good, text: '<html>' }],
  ])('counts %s as a failure', (_, reply) => {
    watch.onEnd(request('/v2/auth/r/orders/tBTCF0:USTF0/hist'), reply, 50);
    expect(watch.since).toBe(5_000);
  });

  test('is the first answer after the exchange said that it was asked too much', async () => {
    const text = '["error",11010,"ratelimit: error"]';
    watch.onEnd(request('/v2/platform/status'), { ...good, status: 500, text }, 50);
    await time.runUntil(5_030);
    // This one was already on its way and says nothing.
    watch.onEnd(POSITIONS, good, 50);
    expect(watch.since).toBe(5_000);
    await time.runUntil(70_000);
    watch.onEnd(POSITIONS, good, 50);
    expect(watch.since).toBe(70_000);
    await time.runUntil(80_000);
    watch.onEnd(POSITIONS, good, 50);
    expect(watch.since).toBe(70_000);
  });

  test('begins anew with each life, and after a sleep', () => {
    watch.born();
    expect(watch.since).toBe(5_000);
    watch.slept(2_000);
    expect(watch.since).toBe(7_000);
  });
});
