/** What the venue or somebody else did: told once, by its right name, not undone by old news. */
import { describe, expect, test } from 'vitest';
import { parseSymbol } from '../../src/core/symbol.ts';
import { rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const BTC = parseSymbol('tBTCF0:USTF0');
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 500 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 500 },
];
/** In dry run nothing is rescued, so that prices alone decide. */
const start = () => rig({ holdings, available: 0, pinnedDryRun: true });

describe('a position that disappears', () => {
  test('at its liquidation price was liquidated: told as that, and counted', async () => {
    const made = await start();
    await made.mark('BTC', 9_560);
    made.venue.drop('BTC');
    made.feed.emit({ type: 'position_closed', symbol: BTC, positionId: '1' });
    await settle();
    expect(made.told('liquidated')).toMatchObject([{ symbol: BTC, side: 'long' }]);
    expect(made.told('drift')).toEqual([]);
    expect(made.engine.door.dailyStatistics()).toMatchObject({ lostPositions: 1 });
  });

  test('far from it was closed by somebody', async () => {
    const made = await start();
    made.venue.drop('BTC');
    made.feed.emit({ type: 'position_closed', symbol: BTC, positionId: '1' });
    await settle();
    expect(made.told('liquidated')).toEqual([]);
    expect(made.told('drift')).toMatchObject([{ symbol: BTC, change: 'closed' }]);
  });

  test('does not come back with an answer that is older than the news', async () => {
    const made = await start();
    let answer = () => {};
    made.venue.positionsHeld = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await made.clock.advance(60_000);
    made.venue.drop('BTC');
    made.feed.emit({ type: 'position_closed', symbol: BTC, positionId: '1' });
    await settle();
    answer();
    await settle();
    expect(made.engine.door.positions().map(({ symbol }) => symbol)).not.toContain(BTC);
    expect(made.told('drift').map(({ change }) => change)).toEqual(['closed']);
  });
});

describe('a better account rate', () => {
  test('is no good news when it is better only because the worst positions are gone', async () => {
    const made = await start();
    await made.mark('BTC', 9_540);
    await made.mark('ETH', 980);
    await made.clock.advance(1_100);
    await made.mark('ETH', 979);
    expect(made.told('account_warning').map(({ active }) => active)).toEqual([true]);
    made.venue.drop('BTC');
    made.feed.emit({ type: 'position_closed', symbol: BTC, positionId: '1' });
    await made.mark('ETH', 1_040);
    await made.clock.advance(61_000);
    expect(made.engine.door.status().accountWarning).toBe(false);
    expect(made.told('account_warning').map(({ active }) => active)).toEqual([true]);
  });
});

describe('what others do while the feed is up', () => {
  test('is told and counted from frames as well', async () => {
    const made = await start();
    made.venue.resize('ETH', 5);
    made.venue.recollateralise('BTC', 900);
    for (const position of await made.venue.positions()) {
      made.feed.emit({ type: 'position', position });
    }
    await settle();
    expect(
      made
        .told('drift')
        .map(({ change }) => change)
        .sort(),
    ).toEqual(['recollateralised', 'resized']);
  });
});

describe('one absurd price', () => {
  test('closes and rescues nothing; the next frame that agrees is believed', async () => {
    const made = await rig({
      holdings,
      available: 0,
      settings: (s) => ({
        ...s,
        liquidation: { ...s.liquidation, require_confirmation: false },
      }),
    });
    made.venue.writes.length = 0;
    await made.mark('BTC', 0.5);
    await made.clock.advance(1_100);
    expect(made.venue.writes).toEqual([]);
    expect(made.told('plan_proposed')).toEqual([]);
    await made.mark('BTC', 7_000);
    expect(made.venue.writes).toEqual([]);
    await made.mark('BTC', 7_010);
    await made.clock.advance(1_100);
    expect(made.engine.door.positions()[0]?.markPrice?.toNumber()).toBe(7_010);
  });
});

describe('a wall clock that steps back', () => {
  test('does not make old data fresh', async () => {
    const made = await rig({ holdings, available: 200 });
    made.venue.readFailure = 'connection refused';
    made.clock.setWall(made.clock.now() - 20 * 60_000);
    await made.clock.advance(15 * 60_000);
    made.venue.writes.length = 0;
    made.feed.emit({
      type: 'mark',
      mark: { symbol: BTC, price: made.venue.prices.get(BTC) as never, at: made.clock.now() + 3e6 },
    });
    await made.mark('BTC', 9_600);
    await settle();
    expect(made.venue.writes).toEqual([]);
  });
});
