import { beforeEach, describe, expect, test } from 'vitest';
import { type Rig, startRig } from './rig.ts';

const LIMITED = { status: 429, json: { error: 'ERR_RATE_LIMIT' } };

describe('request limits', () => {
  let rig: Rig;
  const statuses = async (count: number, call: () => Promise<{ status: number }>) => {
    const found: number[] = [];
    for (let i = 0; i < count; i += 1) found.push((await call()).status);
    return found;
  };
  const status = () => rig.get('/v2/platform/status');

  beforeEach(async () => {
    rig = await startRig();
    return () => rig.close();
  });

  test('the 31st platform status in a minute is refused, and the address blocked', async () => {
    expect(new Set(await statuses(30, status))).toEqual(new Set([200]));
    expect(await status()).toMatchObject(LIMITED);
    expect(await rig.signed('v2/auth/r/wallets')).toMatchObject(LIMITED);
    await rig.clock.advance(59_000);
    expect(await rig.signed('v2/auth/r/wallets')).toMatchObject(LIMITED);
    await rig.clock.advance(1_001);
    expect((await rig.signed('v2/auth/r/wallets')).status).toBe(200);
  });

  test('signed calls have 90 a minute each', async () => {
    expect(new Set(await statuses(90, () => rig.signed('v2/auth/r/wallets')))).toEqual(
      new Set([200]),
    );
    expect((await rig.signed('v2/auth/r/positions')).status).toBe(200);
    expect(await rig.signed('v2/auth/r/wallets')).toMatchObject(LIMITED);
  });

  test('the window slides', async () => {
    await statuses(20, status);
    await rig.clock.advance(40_000);
    await statuses(10, status);
    await rig.clock.advance(20_001);
    expect(new Set(await statuses(20, status))).toEqual(new Set([200]));
  });

  test('looking inside is not limited', async () => {
    expect(new Set(await statuses(120, () => rig.get('/sim/fault')))).toEqual(new Set([200]));
  });

  test('the 21st connection in a minute is refused, for a minute', async () => {
    for (let i = 0; i < 20; i += 1) (await rig.connect()).terminate();
    await expect(rig.connect()).rejects.toThrow('closed');
    await rig.clock.advance(59_000);
    await expect(rig.connect()).rejects.toThrow('closed');
    await rig.clock.advance(2_000);
    await rig.connect();
  });
});
