import { expect, test } from 'vitest';
import type { PositionView } from '../../../src/engine/door.ts';
import { move, position, symbolOf, usd } from '../fake-door.ts';
import { calm, checkAndStop, type Rig, startRig, stop } from '../rig.ts';

/** The emergency rate is 2 % unless set: critical below 2, warning below 3, notice below 4. */
function at(base: string, ratePct: number): PositionView {
  return position(base, { marginRatePct: ratePct, distance: ratePct / 100 });
}

async function pass(rig: Rig, ms: number, ...list: PositionView[]): Promise<void> {
  rig.door.positionList = list;
  await rig.clock.advance(ms);
  await calm(rig);
}

const sends = (rig: Rig) =>
  rig.core.calls().filter(({ method, payload }) => {
    return method === 'sendMessage' && payload['chat_id'] === 1001;
  });
const lastIsSilent = (rig: Rig) => sends(rig).at(-1)?.payload['disable_notification'] === true;

test('an alert names position, rate, distance, what would help, and has buttons', async () => {
  const rig = await startRig({ people: [{ who: 'vera', role: 'viewer' }] });
  await pass(rig, 5_100, at('ETH', 2.5));
  expect(rig.last('olivia')).toContain('Margin is getting thin: ETH');
  expect(rig.last('olivia')).toContain('ETH · rate 2.50% · 2.5% from liquidation');
  expect(rig.last('olivia')).toContain('2.23 USD more collateral would bring it to 4.00%');
  const others = ['📈 Chart', '💤 Snooze 1 h'];
  expect(rig.buttons('olivia')).toEqual(['➕ ETH', '✂️ ETH −25 %', '🛑 Close ETH', ...others]);
  expect(rig.buttons('vera')).toEqual(others);
  expect(lastIsSilent(rig)).toBe(false);
  await checkAndStop(rig);
});

test('twenty positions in trouble are one message, edited as things change', async () => {
  const rig = await startRig({ people: [] });
  const twenty = Array.from({ length: 20 }, (_, i) => at(`C${i}`, 2.1 + i / 100));
  await pass(rig, 5_100, ...twenty.slice(0, 1));
  await pass(rig, 60_000, ...twenty);
  await pass(rig, 60_000, ...twenty.slice(3));
  expect(sends(rig)).toHaveLength(1);
  expect(rig.last('olivia')).toContain('C3 · rate');
  expect(rig.last('olivia')).not.toContain('C0 · rate');
  expect(rig.last('olivia')).toContain('and 5 more');
  await checkAndStop(rig);
});

test('worse is told anew and aloud; the older message points to it without buttons', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 3.5));
  expect(lastIsSilent(rig)).toBe(true);
  await pass(rig, 5_100, at('ETH', 1.5));
  expect(sends(rig)).toHaveLength(2);
  expect(lastIsSilent(rig)).toBe(false);
  expect(rig.texts('olivia')[0]).toMatch(/^⬇️ Continued below/);
  expect(rig.core.messages('olivia')[0]?.reply_markup).toBeUndefined();
  await checkAndStop(rig);
});

test('what hovers at a threshold does not flap, and its return is silent', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 2.99));
  for (let i = 0; i < 10; i += 1) await pass(rig, 20_000, at('ETH', i % 2 === 0 ? 3.05 : 2.95));
  expect(sends(rig)).toHaveLength(1);
  await pass(rig, 5_100, at('ETH', 9));
  expect(rig.last('olivia')).toMatch(/^🟢 Alert over/);
  await pass(rig, 60_000, at('ETH', 2.9));
  expect(sends(rig)).toHaveLength(2);
  expect(lastIsSilent(rig)).toBe(true);
  await pass(rig, 5_100, at('ETH', 9));
  await pass(rig, 16 * 60_000, at('ETH', 9));
  await pass(rig, 5_100, at('ETH', 2.9));
  expect(lastIsSilent(rig)).toBe(false);
  await checkAndStop(rig);
});

test('a restart goes on with the message there is, and keeps the cool-down', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 2.5));
  await stop(rig);
  const again = await startRig({ people: [], earlier: rig });
  await pass(again, 60_000, at('ETH', 2.4));
  expect(sends(again)).toHaveLength(1);
  expect(again.last('olivia')).toContain('rate 2.40%');
  await pass(again, 5_100, at('ETH', 9));
  await pass(again, 5_100, at('ETH', 2.5));
  expect(lastIsSilent(again)).toBe(true);
  await checkAndStop(again);
});

test('snoozed is quiet for an hour, except when it gets worse', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 2.5));
  await rig.tap('olivia', '💤 Snooze 1 h');
  expect(rig.toast()).toMatch(/^Snoozed until 13:00/);
  expect(rig.last('olivia')).toMatch(/^💤 Snoozed by Olivia until/);
  await pass(rig, 50 * 60_000, at('ETH', 2.4));
  expect(sends(rig)).toHaveLength(1);
  await pass(rig, 5_100, at('ETH', 1.4));
  expect(rig.last('olivia')).toContain('Close to liquidation: ETH');
  await checkAndStop(rig);
});

test('an hour later the snooze is over', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 2.5));
  await rig.tap('olivia', '💤 Snooze 1 h');
  await pass(rig, 61 * 60_000, at('ETH', 2.5));
  expect(rig.last('olivia')).toContain('Margin is getting thin: ETH');
  await checkAndStop(rig);
});

test('a button of an alert leads to a preview, by way of the acts by hand', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 1.5));
  await rig.tap('olivia', '✂️ ETH −25 %');
  expect(sends(rig)).toHaveLength(2);
  await checkAndStop(rig);
});

test('before the account is read nothing is over; what ended then is named', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 2.5));
  await stop(rig);
  rig.door.statusChange = { snapshotAgeMs: null };
  const again = await startRig({ people: [], earlier: rig });
  await pass(again, 20_000);
  expect(again.last('olivia')).toContain('Margin is getting thin: ETH');
  again.door.statusChange = {};
  await pass(again, 5_100, at('ETH', 9));
  expect(again.last('olivia')).toMatch(/^🟢 Alert over at .*: ETH$/);
  await checkAndStop(again);
});

test('an alert about a position that is gone does not end in green', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 1.5), at('BTC', 9));
  await pass(rig, 5_100, at('BTC', 9));
  expect(rig.last('olivia')).toMatch(/^⚪ Alert ended at .*: ETH no longer open/);
  await checkAndStop(rig);
});

test('a rescued position that is gone leaves the alert at once', async () => {
  const rig = await startRig({ people: [] });
  await pass(rig, 5_100, at('ETH', 1.5), at('BTC', 1.4));
  const outcome = { kind: 'confirmed', detail: '' } as const;
  rig.door.tell({
    ...{ type: 'emergency', at: rig.clock.now(), dryRun: false, symbol: symbolOf('ETH') },
    ...{ ratePct: 1.5, distance: 0.015, missingUsd: usd(0) },
    adjustments: [move('ETH', 100, 200, { outcome })],
  });
  await pass(rig, 20_000, at('ETH', 1.5), at('BTC', 1.4));
  expect(rig.last('olivia')).toContain('ETH · rate');
  await pass(rig, 20_000, at('BTC', 1.3));
  expect(rig.last('olivia')).toContain('BTC · rate');
  expect(rig.last('olivia')).not.toContain('ETH · rate');
  await checkAndStop(rig);
});
