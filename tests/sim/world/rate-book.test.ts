import { expect, test } from 'vitest';
import { RateBook } from '../../../src/sim/world/rate-book.ts';
import { Report } from '../../../src/sim/world/report.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

const CANDLES = '/v2/candles/trade:1D:tBTCF0:USTF0/hist?limit=9&sort=-1';

test('the limit of a minute slides, and one request beyond it is noticed', async () => {
  const time = new VirtualTime();
  const report = new Report(time);
  const book = new RateBook(report, time);
  const send = (path: string): void =>
    book.onSend({ method: 'GET', path, headers: {}, body: null });
  for (let i = 0; i < 30; i += 1) send(CANDLES);
  await time.runUntil(60_000);
  for (let i = 0; i < 30; i += 1) send(CANDLES);
  expect(report.violations).toEqual([]);
  expect(book.busiest).toBe(1);
  await time.runUntil(119_000);
  send('/v2/platform/status');
  expect(report.violations).toEqual([]);
  send(CANDLES);
  expect(report.violations).toMatchObject([{ check: 'rates' }]);
});

test('a path that the exchange does not have is noticed', () => {
  const time = new VirtualTime();
  const report = new Report(time);
  const book = new RateBook(report, time);
  book.onSend({ method: 'GET', path: '/v2/nothing', headers: {}, body: null });
  expect(report.violations).toMatchObject([{ check: 'rates' }]);
});
