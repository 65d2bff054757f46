/** The functional requirements at the engine's level, each by its number. */
import { describe, expect, test } from 'vitest';
import { SYSTEM_ACTOR } from '../../src/core/actor.ts';
import type { BalancerSettings } from '../../src/systems/balancer/index.ts';
import { rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const ANN = { id: '7', name: 'Ann' };
/** Two equal longs, one with too much collateral, one with too little, neither in danger. */
const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_900 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_600 },
];
/** Keeps the routine from spending the free balance, so that a rescue finds some. */
const idle = (settings: BalancerSettings): BalancerSettings => ({
  ...settings,
  thresholds: { ...settings.thresholds, min_adjustment_usdt: 1e6 },
});

describe('the scheduled check', () => {
  test('FR-2: a rebalance check runs every poll_interval_sec', async () => {
    const { clock, cycles } = await rig({ holdings: uneven, available: 100 });
    await clock.advance(60_000 * 5);
    expect(cycles()).toBe(5);
  });

  test('FR-2: a changed interval counts from its change', async () => {
    const { engine, clock, cycles } = await rig({ holdings: uneven, available: 100 });
    await engine.door.changeSetting('monitor.poll_interval_sec', 10, ANN);
    await clock.advance(60_000);
    expect(cycles()).toBe(6);
  });

  test('FR-3: decreases are sent before increases', async () => {
    const { venue, clock } = await rig({ holdings: uneven, available: 0 });
    await clock.advance(61_000);
    expect(venue.writes.map(({ symbol }) => symbol)).toEqual(['tBTCF0:USTF0', 'tETHF0:USTF0']);
    expect(Number(venue.writes[0]?.amount)).toBeLessThan(1_900);
    expect(Number(venue.writes[1]?.amount)).toBeGreaterThan(1_600);
  });

  test('FR-3: when a decrease fails, nothing is paid from money that did not arrive', async () => {
    const { engine, venue } = await rig({ holdings: uneven, available: 0, start: false });
    venue.fates.push('reject');
    await engine.start();
    await settle();
    expect(venue.writes).toHaveLength(1);
    expect(venue.position('ETH')?.collateralUsd.toNumber()).toBe(1_600);
  });

  test('FR-4: moves below either threshold are left alone', async () => {
    const level = [
      { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_020 },
      { base: 'ETH', quantity: 10, entry: 1_000, collateral: 980 },
    ];
    const { venue, clock } = await rig({ holdings: level, available: 0 });
    await clock.advance(120_000);
    expect(venue.writes).toEqual([]);
  });

  test('FR-11 and FR-12: every adjustment is stored and told with its trigger', async () => {
    const { history, told, clock } = await rig({ holdings: uneven, available: 0 });
    await clock.advance(1_000);
    const stored = history.records.filter(({ kind }) => kind === 'adjustments');
    expect(stored).toHaveLength(1);
    expect(stored[0]?.body).toMatchObject({ trigger: 'scheduled', dryRun: false });
    expect(told('adjusted')).toHaveLength(1);
    expect(told('adjusted')[0]?.adjustments).toHaveLength(2);
  });

  test('a snapshot of the account is stored each cycle', async () => {
    const { history, clock } = await rig({ holdings: uneven, available: 0 });
    await clock.advance(61_000);
    const stored = history.records.filter(({ kind }) => kind === 'snapshots');
    expect(stored.length).toBeGreaterThanOrEqual(2);
    expect(stored.at(-1)?.body).toMatchObject({ equityUsd: 3500 });
  });
});

describe('emergencies', () => {
  const thin = [
    { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
    { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
  ];

  test('FR-5: a mark below the emergency rate tops the position up at once', async () => {
    const { venue, mark, told } = await rig({ holdings: thin, available: 450, settings: idle });
    venue.writes.length = 0;
    await mark('ETH', 955);
    expect(venue.writes).toHaveLength(1);
    expect(venue.writes[0]).toMatchObject({ kind: 'set', symbol: 'tETHF0:USTF0' });
    expect(told('emergency')[0]).toMatchObject({ symbol: 'tETHF0:USTF0', dryRun: false });
  });

  test('FR-5: without free balance the money comes from who can spare most', async () => {
    const holdings = [
      { base: 'BTC', quantity: 1, entry: 10_000, collateral: 2_500 },
      { base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_500 },
    ];
    const { venue, mark } = await rig({ holdings, available: 0 });
    await mark('ETH', 770);
    expect(venue.writes.map(({ symbol }) => symbol)).toEqual(['tBTCF0:USTF0', 'tETHF0:USTF0']);
  });

  test('FR-6: a jump of price_spike_pct makes every position be checked', async () => {
    const { venue, mark, clock } = await rig({
      holdings: thin,
      available: 450,
      settings: idle,
    });
    venue.writes.length = 0;
    // ETH fell unseen by the feed: only the check of all, with fresh marks, can notice it.
    const eth = venue.position('ETH');
    if (eth) venue.prices.set(eth.symbol, eth.entryPrice.times(0.955));
    await mark('BTC', 10_000);
    await mark('BTC', 10_350);
    await clock.advance(100);
    expect(venue.writes.map(({ symbol }) => symbol)).toContain('tETHF0:USTF0');
  });

  test('one rescue per position at a time, however many marks arrive', async () => {
    const { venue, mark } = await rig({ holdings: thin, available: 450, settings: idle });
    venue.writes.length = 0;
    await Promise.all([mark('ETH', 955), mark('ETH', 954.9), mark('ETH', 954.8)]);
    await settle();
    expect(venue.writes).toHaveLength(1);
  });
});

describe('dry run', () => {
  test('FR-10: reads everything, writes nothing, says what it would have done', async () => {
    const { venue, clock, mark, told } = await rig({
      holdings: uneven,
      available: 0,
      settings: (s) => ({ ...s, liquidation: { ...s.liquidation, dry_run: true } }),
    });
    await clock.advance(61_000);
    await mark('ETH', 850);
    expect(venue.writes).toEqual([]);
    expect(told('adjusted')[0]).toMatchObject({ dryRun: true });
    expect(told('adjusted')[0]?.adjustments[0]?.outcome).toEqual({ kind: 'rehearsed' });
    expect(told('emergency')[0]).toMatchObject({ dryRun: true });
  });

  test('being behind where levelling was only rehearsed is no emergency', async () => {
    const options = { holdings: uneven, available: 0 };
    const rehearsed = await rig({
      ...options,
      settings: (s) => ({ ...s, liquidation: { ...s.liquidation, dry_run: true } }),
    });
    await rehearsed.clock.advance(181_000);
    await rehearsed.mark('ETH', 950);
    expect(rehearsed.cycles()).toBeGreaterThanOrEqual(2);
    expect(rehearsed.told('emergency')).toEqual([]);
    expect(rehearsed.told('adjusted')[0]?.adjustments[0]?.symbol).toBe('tBTCF0:USTF0');
  });

  test('FR-10: --dry-run holds for the whole run', async () => {
    const { engine, venue, clock } = await rig({
      holdings: uneven,
      available: 0,
      pinnedDryRun: true,
    });
    expect(await engine.door.setDryRun(false, ANN)).toBe('pinned');
    await clock.advance(61_000);
    expect(venue.writes).toEqual([]);
  });
});

describe('trouble', () => {
  test('FR-18: exhausted retries raise one alert, recovery one more', async () => {
    const { venue, clock, told } = await rig({ holdings: uneven, available: 100 });
    venue.readFailure = 'connection refused';
    await clock.advance(60_000 * 3);
    venue.readFailure = null;
    await clock.advance(60_000);
    expect(told('venue_trouble').map(({ active }) => active)).toEqual([true, false]);
  });

  test('a start without the exchange tells people, waits, and goes on', async () => {
    const { engine, venue, clock, told } = await rig({
      holdings: uneven,
      available: 0,
      start: false,
    });
    venue.readFailure = 'connection refused';
    const started = engine.start();
    await clock.advance(60_000);
    expect(told('venue_trouble').map(({ active }) => active)).toEqual([true]);
    venue.readFailure = null;
    await clock.advance(16_000);
    await started;
    expect(told('started')).toHaveLength(1);
  });

  test('a failed read changes nothing, and old data is not acted on', async () => {
    const { engine, venue, mark, clock, told } = await rig({ holdings: uneven, available: 2_000 });
    const before = engine.door.status();
    venue.readFailure = 'connection refused';
    await clock.advance(60_000 * 4);
    venue.writes.length = 0;
    expect(engine.door.status().collateralUsd).toEqual(before.collateralUsd);
    expect(told('stale')).toHaveLength(1);
    expect(engine.door.previewRebalance()).toEqual({ kind: 'unavailable', reason: 'halted' });
    await mark('ETH', 905);
    // A live price ends the halt; the account is still too old to act on.
    await clock.advance(6_000);
    expect(venue.writes).toEqual([]);
    expect(engine.door.previewRebalance()).toEqual({ kind: 'unavailable', reason: 'stale_marks' });
  });

  test('an unknown free balance is unknown, not zero', async () => {
    const { engine, venue, clock } = await rig({ holdings: uneven, available: 100 });
    venue.available = null;
    await clock.advance(61_000);
    expect(engine.door.status().availableUsd).toBeNull();
    expect(engine.door.status().equityUsd).toBeNull();
    const answer = engine.door.previewRebalance();
    expect(answer).toEqual({ kind: 'unavailable', reason: 'balance_unknown' });
  });

  test('FR-19: the account warning comes once, and once more when it is over', async () => {
    const holdings = [{ base: 'BTC', quantity: 1, entry: 10_000, collateral: 400 }];
    const { venue, mark, clock, told } = await rig({ holdings, available: 10 });
    await mark('BTC', 9_800);
    await clock.advance(180_000);
    expect(told('account_warning').map(({ active }) => active)).toEqual([true]);
    venue.available = venue.available?.plus(2_000) ?? null;
    await clock.advance(61_000);
    expect(told('account_warning').map(({ active }) => active)).toEqual([true, false]);
  });

  test('in maintenance nothing is written', async () => {
    const { engine, venue, clock } = await rig({ holdings: uneven, available: 0, start: false });
    venue.operative = false;
    await engine.start();
    await clock.advance(61_000);
    expect(venue.writes).toEqual([]);
    venue.operative = true;
    await clock.advance(61_000);
    expect(venue.writes).not.toEqual([]);
  });
});

describe('start and stop', () => {
  test('FR-14: stopping is told and journalled, and nothing acts afterwards', async () => {
    const { engine, venue, clock, told, journal, mark } = await rig({
      holdings: uneven,
      available: 500,
    });
    await engine.stop('SIGTERM');
    venue.writes.length = 0;
    await mark('ETH', 905);
    await clock.advance(180_000);
    expect(venue.writes).toEqual([]);
    expect(told('stopped')).toHaveLength(1);
    expect(journal.types().at(-1)).toBe('stopped');
  });

  test('FR-16: only positions at risk are streamed, all of them on request', async () => {
    const holdings = [
      { base: 'BTC', quantity: 1, entry: 10_000, collateral: 3_400 },
      { base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_100 },
      { base: 'LTC', quantity: 100, entry: 100, collateral: 2_100 },
    ];
    const { engine, feed, clock } = await rig({ holdings, available: 0, settings: idle });
    await clock.advance(61_000);
    expect([...feed.subscribed]).toEqual(['tETHF0:USTF0', 'tLTCF0:USTF0']);
    await engine.door.changeSetting('monitor.subscription', 'all', SYSTEM_ACTOR);
    await clock.advance(61_000);
    expect(feed.subscribed.size).toBe(3);
  });
});
