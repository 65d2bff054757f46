/** Contract cards of the Bitfinex feed: marks, account events, reconnecting, maintenance. */
import { afterEach, describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { Secret } from '../../src/core/secret.ts';
import type { PerpSymbol } from '../../src/core/symbol.ts';
import { FakeClock } from '../venues/bitfinex/fake-clock.ts';
import { until } from '../venues/bitfinex/setup.ts';
import { type Rig, startRig } from './bitfinex-rig.ts';

let rig: Rig;
afterEach(() => rig.close());

const links = (channel: 'public' | 'account') =>
  rig.events.flatMap((event) =>
    (event.type === 'up' || event.type === 'down') && event.channel === channel ? event.type : [],
  );
const bothUp = () => until(() => links('public').includes('up') && links('account').includes('up'));

async function begin(options: Parameters<typeof startRig>[0] = {}, positions = 12) {
  rig = await startRig(options, positions);
  const symbols = (await rig.venue.positions()).map(({ symbol }) => symbol);
  rig.startFeed(symbols);
  await bothUp();
  return symbols;
}

const marked = () =>
  new Set(rig.events.flatMap((event) => (event.type === 'mark' ? [event.mark.symbol] : [])));
const sorted = (symbols: Iterable<PerpSymbol>) => [...symbols].sort();

describe('the feed', () => {
  test('BFX-700 begins with both channels up, the book, the wallet and marks', async () => {
    const symbols = await begin();
    await until(() => marked().size === symbols.length && rig.told('wallet').length > 0);
    const [book] = rig.told('positions');
    expect(
      book?.type === 'positions' && sorted(book.positions.map(({ symbol }) => symbol)),
    ).toEqual(sorted(symbols));
    expect(rig.told('bad_frame')).toEqual([]);
  });

  test('BFX-710 streams more symbols than one connection carries', async () => {
    const symbols = await begin({}, 60);
    await until(() => marked().size === symbols.length);
    expect(symbols).toHaveLength(60);
  });

  test('BFX-720 streams what is wanted and no more', async () => {
    const symbols = await begin();
    await until(() => marked().size === symbols.length);
    const kept = symbols.slice(0, 2);
    rig.feed.subscribeMarks(new Set(kept));
    await new Promise((resolve) => setTimeout(resolve, 300));
    rig.events.length = 0;
    await until(() => rig.told('mark').length > 5);
    expect(sorted(marked())).toEqual(sorted(kept));
  });

  test('BFX-730 tells new collateral after a write', async () => {
    await begin();
    const position = await rig.position();
    const target = position.collateralUsd.plus(7);
    rig.events.length = 0;
    await rig.venue.setCollateral(rig.set(position, target));
    const seen = () =>
      rig.events.some(
        (event) => event.type === 'position' && event.position.collateralUsd.eq(target),
      );
    await until(seen);
    await until(() => rig.told('wallet').length > 0);
  });

  test('BFX-740 tells that a position is closed, by symbol and id', async () => {
    await begin();
    const position = await rig.position();
    await rig.venue.reducePosition(rig.reduce(position, position.quantity));
    await until(() => rig.told('position_closed').length > 0);
    expect(rig.told('position_closed')).toEqual([
      { type: 'position_closed', symbol: position.symbol, positionId: position.id },
    ]);
  });

  test('BFX-750 tells a smaller position after a reduction', async () => {
    await begin();
    const position = await rig.position();
    const quantity = position.quantity.div(2).toDecimalPlaces(5);
    await rig.venue.reducePosition(rig.reduce(position, quantity));
    const left = new Decimal(position.quantity.minus(quantity).toFixed(8));
    const seen = () =>
      rig.events.some((event) => event.type === 'position' && event.position.quantity.eq(left));
    await until(seen);
  });

  test('BFX-800 comes back after a cut, with fresh snapshots', async () => {
    const symbols = await begin();
    await rig.fault('ws_drop', {});
    await until(() => links('public').includes('down') && links('account').includes('down'));
    rig.events.length = 0;
    await bothUp();
    await until(() => marked().size === symbols.length && rig.told('positions').length === 1);
  });

  test('BFX-810 reconnects when the server stops', async () => {
    await begin();
    await rig.fault('ws_stop', {});
    await until(() => links('public').includes('down') && links('account').includes('down'));
    rig.events.length = 0;
    await bothUp();
  });

  test('BFX-820 tells maintenance and its end, and streams again', async () => {
    const symbols = await begin();
    await rig.fault('ws_maintenance', { seconds: 1 });
    await until(() => rig.told('maintenance').length >= 2);
    const flags = rig.told('maintenance').map((event) => 'active' in event && event.active);
    expect(flags).toEqual([true, false]);
    rig.events.length = 0;
    await until(() => marked().size === symbols.length);
  });

  test('BFX-830 reports garbage and keeps the right frames', async () => {
    await begin();
    await rig.fault('ws_garbage', { seconds: 5 });
    await until(() => rig.told('bad_frame').length > 0);
    const before = rig.told('mark').length;
    await until(() => rig.told('mark').length > before + 10);
    for (const event of rig.told('mark')) {
      if (event.type === 'mark') expect(event.mark.price.gt(0)).toBe(true);
    }
    expect(links('public')).toEqual(['up']);
  });

  test('BFX-840 notices silence within 30 seconds, however open the socket looks', async () => {
    const clock = new FakeClock({ startAt: Date.now() });
    await begin({ clock });
    await rig.fault('ws_silent', { seconds: 60 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    clock.advance(30_000);
    expect(links('public')).toEqual(['up', 'down']);
    expect(links('account')).toEqual(['up', 'down']);
  });

  test('BFX-850 a wrong secret never brings the account channel up', async () => {
    rig = await startRig({ apiSecret: new Secret('wrong') });
    rig.startFeed();
    await until(() => links('account').includes('down'));
    expect(links('account')).toEqual(['down']);
    expect(rig.told('positions')).toEqual([]);
  });

  test('BFX-860 never asks the exchange to cancel orders on disconnect', async () => {
    await begin();
    const frames = (await rig.received('')).filter(({ method }) => method === 'WS');
    expect(frames.length).toBeGreaterThan(0);
    expect(JSON.stringify(frames)).not.toContain('dms');
  });
});
