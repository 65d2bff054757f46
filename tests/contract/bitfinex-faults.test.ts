/** Contract cards of the Bitfinex client under faults: what is proven and what stays unknown. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VenueReadError } from '../../src/ports/venue.ts';
import { type Rig, startRig } from './bitfinex-rig.ts';

const SET = 'collateral/set';
const SUBMIT = 'order/submit';
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ timeoutMs: 400 });
});
afterEach(() => rig.close());

const on = (path: string) => ({ count: 1, path });

describe('setting collateral', () => {
  test.each([
    ['timeout_before', false],
    ['timeout_after', true],
    ['reset_before', false],
    ['reset_after', true],
    ['error_500_before', false],
    ['error_500_after', true],
    ['html_200', false],
    ['cut_json', true],
  ])('BFX-400 %s is unknown, sent once, and the position proves it', async (kind, isApplied) => {
    const position = await rig.position();
    const target = position.collateralUsd.plus(10);
    await rig.fault(kind, on(SET));
    expect((await rig.venue.setCollateral(rig.set(position, target))).kind).toBe('unknown');
    const now = (await rig.same(position))?.collateralUsd;
    expect(now?.toFixed()).toBe((isApplied ? target : position.collateralUsd).toFixed());
    expect(await rig.received(SET)).toHaveLength(1);
  });

  test('BFX-410 a lost request cannot act after a later read: the nonce has moved on', async () => {
    const position = await rig.position();
    await rig.fault('latency', { ...on(SET), ms: 1_000 });
    const outcome = await rig.venue.setCollateral(
      rig.set(position, position.collateralUsd.plus(9)),
    );
    expect(outcome.kind).toBe('unknown');
    await rig.venue.positions();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect((await rig.same(position))?.collateralUsd).toEqual(position.collateralUsd);
  });

  test('BFX-420 a small nonce is signed once more, a second one is rejected', async () => {
    const position = await rig.position();
    await rig.fault('nonce_small', on(SET));
    const target = position.collateralUsd.plus(10);
    expect((await rig.venue.setCollateral(rig.set(position, target))).kind).toBe('confirmed');
    await rig.fault('nonce_small', { count: 2, path: SET });
    const outcome = await rig.venue.setCollateral(rig.set(position, target.plus(10)));
    expect(outcome).toMatchObject({ kind: 'rejected', code: '10114' });
    expect(await rig.received(SET)).toHaveLength(4);
  });

  test.each(['rate_limit', 'rate_limit_array'])(
    'BFX-430 %s is rejected, and what follows is denied without asking',
    async (kind) => {
      const position = await rig.position();
      await rig.fault(kind, on(SET));
      const intent = rig.set(position, position.collateralUsd.plus(10));
      expect((await rig.venue.setCollateral(intent)).kind).toBe('rejected');
      expect((await rig.venue.setCollateral(intent)).kind).toBe('denied');
      expect(await rig.received(SET)).toHaveLength(1);
    },
  );

  test('BFX-440 maintenance is a refusal', async () => {
    const position = await rig.position();
    await rig.fault('maintenance', on(SET));
    const outcome = await rig.venue.setCollateral(
      rig.set(position, position.collateralUsd.plus(9)),
    );
    expect(outcome).toMatchObject({ kind: 'rejected', code: '20060' });
  });

  test('BFX-450 accepted is not applied: only the position shows it', async () => {
    const position = await rig.position();
    await rig.fault('set_without_effect', on(SET));
    const outcome = await rig.venue.setCollateral(
      rig.set(position, position.collateralUsd.plus(9)),
    );
    expect(outcome.kind).toBe('confirmed');
    expect((await rig.same(position))?.collateralUsd).toEqual(position.collateralUsd);
  });
});

describe('reducing', () => {
  test.each([
    ['timeout_after', 'filled'],
    ['reset_after', 'filled'],
    ['error_500_after', 'filled'],
    ['cut_json', 'filled'],
    ['timeout_before', 'not_found'],
    ['reset_before', 'not_found'],
  ])('BFX-500 %s is unknown, sent once, and by cid %s', async (kind, state) => {
    const position = await rig.position();
    const intent = rig.reduce(position, position.quantity.div(4).toDecimalPlaces(5));
    await rig.fault(kind, on(SUBMIT));
    expect((await rig.venue.reducePosition(intent)).kind).toBe('unknown');
    expect((await rig.venue.orderEvidence(intent)).state).toBe(state);
    expect(await rig.received(SUBMIT)).toHaveLength(1);
  });

  test('BFX-510 an order that is not shown yet is not found', async () => {
    const position = await rig.position();
    const intent = rig.reduce(position, position.quantity.div(4).toDecimalPlaces(5));
    await rig.fault('hidden_orders', { seconds: 30 });
    await rig.venue.reducePosition(intent);
    expect((await rig.venue.orderEvidence(intent)).state).toBe('not_found');
  });
});

describe('reading', () => {
  test.each([
    'timeout_before',
    'timeout_after',
    'reset_before',
    'reset_after',
    'error_500_before',
    'html_200',
    'cut_json',
    'nonce_small',
    'maintenance',
  ])('BFX-600 %s is asked again until it works', async (kind) => {
    await rig.fault(kind, { count: 2, path: 'r/positions' });
    expect(await rig.venue.positions()).toHaveLength(12);
    expect(await rig.received('r/positions')).toHaveLength(3);
  });

  test('BFX-610 a read ends after ten failures in a row, which are counted', async () => {
    await rig.fault('html_200', { count: 10, path: 'r/wallets' });
    const error = await rig.venue.wallet().catch((thrown) => thrown);
    expect(error).toBeInstanceOf(VenueReadError);
    expect(error.attempts).toBe(10);
    expect(rig.venue.failuresInARow()).toBe(10);
    await rig.venue.wallet();
    expect(rig.venue.failuresInARow()).toBe(0);
  });

  test('BFX-611 what proves outcomes is tried twice as often', async () => {
    await rig.fault('html_200', { count: 100, path: 'r/positions' });
    const error = await rig.venue.positions().catch((thrown) => thrown);
    expect(error).toMatchObject({ attempts: 20 });
  });

  test('BFX-620 as many reads as we allow ourselves never meet the venue’s limit', async () => {
    for (let i = 0; i < 60; i += 1) await rig.venue.positions();
    const outcomes = (await rig.received('r/positions')).map(({ outcome }) => outcome);
    expect(outcomes).toHaveLength(60);
    expect(new Set(outcomes)).toEqual(new Set(['ok']));
  });
});
