/** Writes in line: their order, and that what is recalled or late does not leave. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import type { Answer } from './scripted-server.ts';
import { collateralIntent, MemoryCounter, type Setup, setUp, until } from './setup.ts';

const SET = 'v2/auth/w/deriv/collateral/set';
const WALLETS = 'v2/auth/r/wallets';
let at: Setup;

beforeEach(async () => {
  at = await setUp({ clock: new FakeClock() });
});
afterEach(() => at.close());

const refusal = (code: number, text: string): Answer => ({
  status: 500,
  text: JSON.stringify(['error', code, text]),
});

describe('the lane', () => {
  test('a write overtakes every read that still waits', async () => {
    let release: (answer: string) => void = () => undefined;
    const held = new Promise<string>((resolve) => {
      release = resolve;
    });
    const wallet = '[["margin","USTF0",5,0,4]]';
    let reads = 0;
    at.server.on(WALLETS, () => (reads++ === 0 ? held : wallet));
    at.server.on(SET, () => '[[1]]');
    const reading = [at.venue.wallet(), at.venue.wallet(), at.venue.wallet()];
    await until(() => at.server.requests.length === 1);
    const writing = at.venue.setCollateral(collateralIntent('50'));
    release(wallet);
    await Promise.all([...reading, writing]);
    expect(at.server.requests.map(({ path }) => path)).toEqual([WALLETS, SET, WALLETS, WALLETS]);
    expect(at.server.signedConcurrencyMax).toBe(1);
  });

  test('a write does not wait for a read that has been sent', async () => {
    at.server.inOrder(WALLETS, 'hang', '[["margin","USTF0",5,0,4]]');
    at.server.on(SET, () => '[[1]]');
    const reading = at.venue.wallet();
    await until(() => at.server.requests.length === 1);
    const written = await at.venue.setCollateral(collateralIntent('50'));
    expect(written.kind).toBe('confirmed');
    const nonces = at.server.requests.map(({ nonce }) => Number(nonce));
    expect(nonces[1]).toBeGreaterThan(nonces[0] ?? 0);
    at.clock.advance(45_000);
    await until(() => at.clock.pendingMs().some((delayMs) => delayMs < 300));
    at.clock.advance(300);
    expect((await reading).balanceUsd.toNumber()).toBe(5);
  });

  test('a read does not begin while a write is under way', async () => {
    at.server.inOrder(SET, 'hang');
    at.server.on(WALLETS, () => '[["margin","USTF0",5,0,4]]');
    const writing = at.venue.setCollateral(collateralIntent('50'));
    await until(() => at.server.requests.length === 1);
    const reading = at.venue.wallet();
    expect(at.server.requests).toHaveLength(1);
    at.clock.advance(45_000);
    expect((await writing).kind).toBe('unknown');
    expect((await reading).balanceUsd.toNumber()).toBe(5);
  });

  test('a write that waited too long for its turn is denied: its market is gone', async () => {
    at.server.inOrder(SET, 'hang', '[[1]]');
    const first = at.venue.setCollateral(collateralIntent('50'));
    await until(() => at.server.requests.length === 1);
    const second = at.venue.setCollateral(collateralIntent('60'));
    at.clock.advance(45_000);
    expect((await first).kind).toBe('unknown');
    expect((await second).kind).toBe('denied');
    expect(at.server.requests).toHaveLength(1);
  });

  test('what is recalled while it waits for its turn is not sent', async () => {
    let release: (answer: string) => void = () => undefined;
    const held = new Promise<string>((resolve) => {
      release = resolve;
    });
    at.server.on(SET, () => held);
    const first = at.venue.setCollateral(collateralIntent('50'));
    await until(() => at.server.requests.length === 1);
    let reason: string | null = null;
    const second = at.venue.setCollateral({ ...collateralIntent('60'), recalled: () => reason });
    reason = 'paused';
    release('[[1]]');
    expect((await first).kind).toBe('confirmed');
    expect(await second).toEqual({ kind: 'denied', reason: 'paused' });
    expect(at.server.requests).toHaveLength(1);
  });

  describe('while the disk holds back the nonce', () => {
    /** Nonces are reserved one block at a time; each waits until the test lets it. */
    async function slowDisk() {
      const counter = new MemoryCounter();
      const held: (() => void)[] = [];
      const slow = await setUp({
        clock: new FakeClock(),
        counter: {
          reserveAbove: async (...asked: Parameters<MemoryCounter['reserveAbove']>) => {
            await new Promise<void>((resolve) => held.push(resolve));
            return counter.reserveAbove(...asked);
          },
        },
      });
      slow.server.on(SET, () => '[[1]]');
      return { slow, held };
    }

    test('a write that is recalled does not leave', async () => {
      const { slow, held } = await slowDisk();
      let reason: string | null = null;
      const intent = { ...collateralIntent('60'), recalled: () => reason };
      const writing = slow.venue.setCollateral(intent);
      await until(() => held.length === 1);
      reason = 'paused';
      held[0]?.();
      expect(await writing).toEqual({ kind: 'denied', reason: 'paused' });
      expect(slow.server.requests).toHaveLength(0);
      await slow.close();
    });

    test('a write waits no longer than for its turn', async () => {
      const { slow, held } = await slowDisk();
      const writing = slow.venue.setCollateral(collateralIntent('60'));
      await until(() => held.length === 1);
      slow.clock.advance(15_001);
      held[0]?.();
      const reason = 'waited_too_long: 15001 ms';
      expect(await writing).toEqual({ kind: 'denied', reason });
      expect(slow.server.requests).toHaveLength(0);
      await slow.close();
    });

    test.each([
      ['recalled', 0, 'paused', 'paused'],
      ['kept too long', 15_001, null, 'waited_too_long: 15001 ms'],
    ] as const)('a second signature that is %s does not leave', async (_, lateMs, recall, told) => {
      const { slow, held } = await slowDisk();
      let reason: string | null = null;
      slow.server.on(SET, () => {
        // Past the end of the block: the second nonce needs the disk again.
        slow.clock.stepWall(60_000);
        return refusal(10114, 'nonce: small');
      });
      const intent = { ...collateralIntent('60'), recalled: () => reason };
      const writing = slow.venue.setCollateral(intent);
      await until(() => held.length === 1);
      held[0]?.();
      await until(() => held.length === 2);
      reason = recall;
      slow.clock.advance(lateMs);
      held[1]?.();
      expect(await writing).toEqual({ kind: 'denied', reason: told });
      expect(slow.server.to(SET)).toHaveLength(1);
      await slow.close();
    });
  });

  test('what is recalled after a small nonce is not signed again', async () => {
    let reason: string | null = null;
    at.server.on(SET, () => {
      reason = 'paused';
      return refusal(10114, 'nonce: small');
    });
    const intent = { ...collateralIntent('60'), recalled: () => reason };
    expect(await at.venue.setCollateral(intent)).toMatchObject({ kind: 'rejected', code: '10114' });
    expect(at.server.to(SET)).toHaveLength(1);
  });
});
