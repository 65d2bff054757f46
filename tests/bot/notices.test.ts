import { expect, test } from 'vitest';
import type { Notice } from '../../src/core/notice.ts';
import { confirmed } from '../../src/core/outcome.ts';
import { floodFault } from '../../src/sim/telegram/index.ts';
import { settle } from '../support/manual-clock.ts';
import { move, symbolOf, usd } from './fake-door.ts';
import { checkAndStop, type Rig, startRig, stop } from './rig.ts';

const OTTO = { id: '1002', name: 'Otto' };

async function tell(rig: Rig, ...notices: Notice[]): Promise<void> {
  for (const notice of notices) rig.door.tell(notice);
  await settle();
}

function emergency(rig: Rig, base: string, distance = 0.01): Notice {
  const adjustments = [move(base, 100, 200, { outcome: confirmed() })];
  const state = { symbol: symbolOf(base), ratePct: 1.2, distance };
  return {
    ...{ type: 'emergency', at: rig.clock.now(), dryRun: false, adjustments, missingUsd: usd(7) },
    ...state,
  };
}

const halted = (rig: Rig, reason: string): Notice => ({
  ...{ type: 'halted', at: rig.clock.now(), active: true, reason },
});

const started = (rig: Rig): Notice => ({
  ...{ type: 'started', at: rig.clock.now(), dryRun: true, positions: 1, warnings: ['w <1>'] },
});

test('emergencies of one moment make one message, worst first', async () => {
  const rig = await startRig();
  await tell(rig, emergency(rig, 'BTC', 0.02));
  await rig.clock.advance(1_000);
  await tell(rig, emergency(rig, 'ETH', 0.01));
  expect(rig.texts('vera')).toEqual([]);
  await rig.clock.advance(1_100);
  expect(rig.texts('vera')).toHaveLength(1);
  expect(rig.last('vera')).toContain('Emergency top-up: ETH, BTC');
  expect(rig.last('vera')).toMatch(/✓ ETH 100→200 2\.10→2\.55%/);
  expect(rig.last('vera')).toContain('could give it: ETH 7.00 · BTC 7.00 USD');
  await tell(rig, emergency(rig, 'SOL'));
  await rig.clock.advance(20_000);
  expect(rig.texts('vera')).toHaveLength(1);
  expect(rig.last('vera')).toContain('SOL · rate');
  await checkAndStop(rig);
});

test('top-ups of one position and one donor within a moment are one line each', async () => {
  const rig = await startRig({ people: [] });
  const rescue = (base: string, ...moves: [string, number, number][]) => {
    const rates = { rateBeforePct: 1, rateAfterPct: 2 };
    const adjustments = moves.map(([of, from, to], i) =>
      move(of, from, to, { ...rates, rateAfterPct: 2 + i, outcome: confirmed() }),
    );
    return { ...emergency(rig, base), adjustments } as Notice;
  };
  await tell(rig, rescue('ETH', ['UNI', 900, 800], ['ETH', 100, 200]));
  await tell(rig, rescue('BTC', ['UNI', 800, 700], ['BTC', 50, 150]));
  await rig.clock.advance(1_000);
  await tell(rig, rescue('ETH', ['UNI', 700, 650], ['ETH', 200, 250]));
  await rig.clock.advance(1_100);
  const rows = rig.last('olivia').match(/^✓ .*$/gm);
  expect(rows).toEqual([
    '✓ UNI 900→650 1.00→2.00%',
    '✓ ETH 100→250 1.00→3.00%',
    '✓ BTC  50→150 1.00→3.00%',
  ]);
  await checkAndStop(rig);
});

test('a rescue that moved nothing is not called a top-up, and says what was tried', async () => {
  const rig = await startRig({ people: [] });
  const refused = { kind: 'rejected', code: '10001', reason: 'margin: insufficient' } as const;
  const adjustments = [move('ETH', 100, 200, { outcome: refused })];
  await tell(rig, { ...emergency(rig, 'ETH'), adjustments } as Notice);
  await rig.clock.advance(2_100);
  expect(rig.last('olivia')).toMatch(/^🔴 Emergency: ETH could not be topped up/);
  expect(rig.last('olivia')).toContain('✗ ETH 100→200');
  expect(rig.last('olivia')).toContain('refused by the exchange – “margin: insufficient”');
  expect(rig.last('olivia')).toContain(
    'neither the free balance nor other positions could give it: ETH 7.00',
  );
  await checkAndStop(rig);
});

test('a top-up whose outcome is open is called just that', async () => {
  const rig = await startRig({ people: [] });
  const adjustments = [move('ETH', 100, 200, { outcome: { kind: 'unknown', reason: '' } })];
  await tell(rig, { ...emergency(rig, 'ETH'), adjustments, missingUsd: usd(0) } as Notice);
  await rig.clock.advance(2_100);
  expect(rig.last('olivia')).toMatch(/^🔴 Emergency: ETH – a top-up was sent, its outcome/);
  expect(rig.last('olivia')).not.toContain('needed for a safe margin');
  await checkAndStop(rig);
});

test('sixty emergencies at once are one message that fits and counts the rest', async () => {
  const rig = await startRig();
  const many = Array.from({ length: 60 }, (_, i) => emergency(rig, `COIN${i}`, i / 100));
  await tell(rig, ...many);
  await rig.clock.advance(2_100);
  expect(rig.texts('vera')).toHaveLength(1);
  expect(rig.last('vera')).toContain('COIN0 · rate');
  expect(rig.last('vera')).toMatch(/and \d+ more: \/positions/);
  await checkAndStop(rig);
});

function liquidated(rig: Rig, base: string): Notice {
  return {
    ...{ type: 'liquidated', at: rig.clock.now(), symbol: symbolOf(base), side: 'long' },
    ...{ quantity: usd(2), markPrice: usd('90.5'), collateralUsd: usd(1000) },
  };
}

test('forced liquidations of one moment are one message; one alone is a sentence', async () => {
  const rig = await startRig();
  for (let i = 0; i < 16; i += 1) {
    await tell(rig, liquidated(rig, `COIN${i}`));
    await rig.clock.advance(100);
  }
  await rig.clock.advance(1_000);
  expect(rig.texts('vera')).toHaveLength(1);
  expect(rig.last('vera')).toMatch(/^🔴 16 positions were liquidated by the exchange\. 16,000 USD/);
  expect(rig.last('vera')).toMatch(/COIN15 +L +90\.5 +1,000/);
  await tell(rig, liquidated(rig, 'BTC'));
  await rig.clock.advance(2_100);
  expect(rig.last('vera')).toMatch(/^🔴 BTC long was liquidated by the exchange near 90\.5/);
  await checkAndStop(rig);
});

test('forced liquidations are told before the service stops', async () => {
  const rig = await startRig({ people: [] });
  await tell(rig, liquidated(rig, 'BTC'), {
    ...{ type: 'stopped', at: rig.clock.now(), reason: 'SIGINT', inFlight: 0 },
  });
  expect(rig.texts('olivia').map((text) => [...text][0])).toEqual(['🔴', '⚪']);
  await checkAndStop(rig);
});

test('whoever acted has the answer already; the others are told who it was', async () => {
  const rig = await startRig();
  const adjustments = [move('BTC', 100, 200, { outcome: confirmed() })];
  await tell(rig, {
    ...{ type: 'adjusted', at: rig.clock.now(), trigger: 'manual', dryRun: false, by: OTTO },
    ...{ adjustments, freeUsd: usd(900) },
  });
  expect(rig.texts('otto')).toEqual([]);
  expect(rig.last('olivia')).toContain('1 position adjusted (by hand)');
  expect(rig.last('olivia')).toContain('by Otto');
  await checkAndStop(rig);
});

test('routine is silent, trouble is not', async () => {
  const rig = await startRig({ people: [] });
  const adjustments = [move('BTC', 100, 200)];
  const by = { id: 'system', name: 'Ballast' };
  await tell(
    rig,
    {
      ...{ type: 'adjusted', at: rig.clock.now(), trigger: 'scheduled', dryRun: true, by },
      ...{ adjustments, freeUsd: null },
    },
    halted(rig, 'x'),
  );
  const sent = rig.core.calls().filter(({ method }) => method === 'sendMessage');
  const silent = new Map(
    sent.map(({ payload }) => [
      String(payload['text']).includes('HALTED'),
      payload['disable_notification'] === true,
    ]),
  );
  expect(silent).toEqual(
    new Map([
      [true, false],
      [false, true],
    ]),
  );
  await checkAndStop(rig);
});

test('in dry run the same moves are told once, then when they differ, and hourly', async () => {
  const rig = await startRig({ people: [] });
  const by = { id: 'system', name: 'Ballast' };
  const check = async (dryRun: boolean, ...moves: [string, number][]) => {
    await rig.clock.advance(60_000);
    const adjustments = moves.map(([base, change]) => move(base, 1_000, 1_000 + change));
    await tell(rig, {
      ...{ type: 'adjusted', at: rig.clock.now(), trigger: 'scheduled', dryRun, by },
      ...{ adjustments, freeUsd: null },
    });
    return rig.texts('olivia').length;
  };
  const wait = (minutes: number) => rig.clock.advance(minutes * 60_000);
  expect(await check(true, ['BTC', 400], ['ETH', -400])).toBe(1);
  // Within five minutes nothing is told again, however different.
  expect(await check(true, ['BTC', -400])).toBe(1);
  await wait(5);
  // Other amounts, and a small move more: the same story.
  expect(await check(true, ['BTC', 450], ['ETH', -420])).toBe(1);
  expect(await check(true, ['BTC', 390], ['ETH', -400], ['SOL', 60])).toBe(1);
  expect(await check(true, ['BTC', 300])).toBe(2);
  await wait(5);
  expect(await check(true, ['BTC', -300])).toBe(3);
  for (let i = 0; i < 59; i += 1) expect(await check(true, ['BTC', -300])).toBe(3);
  expect(await check(true, ['BTC', -300])).toBe(4);
  expect(await check(false, ['BTC', -400])).toBe(5);
  expect(await check(false, ['BTC', -400])).toBe(6);
  expect(await check(true, ['BTC', -400])).toBe(7);
  await checkAndStop(rig);
});

test('a flood keeps order and loses nothing; what is critical goes first', async () => {
  const rig = await startRig({ people: [] });
  rig.core.faults.push({ ...floodFault('sendMessage', 7), count: 2 });
  await tell(rig, started(rig));
  await tell(rig, halted(rig, 'late but first'));
  await rig.clock.advance(6_900);
  expect(rig.texts('olivia')).toEqual([]);
  await rig.clock.advance(7_200);
  const marks = rig.texts('olivia').map((text) => [...text][0]);
  expect(marks).toEqual(['⛔', '🟢']);
  await checkAndStop(rig, [429]);
});

test('an outage is survived: messages arrive late and say so, once each', async () => {
  const rig = await startRig({ people: [] });
  const stopOutage = rig.core.faults.push({ method: '*', kind: 'reset_before', count: 10_000 });
  await tell(rig, started(rig));
  await rig.clock.advance(300_000);
  expect(rig.texts('olivia')).toEqual([]);
  expect(rig.bot.health().polling.state).toBe('retrying');
  stopOutage();
  await rig.clock.advance(60_000);
  expect(rig.texts('olivia')).toHaveLength(1);
  expect(rig.last('olivia')).toMatch(/^⏱ [56] min late\n🟢 Ballast is running/);
  expect(rig.bot.health().polling.state).toBe('polling');
  await checkAndStop(rig);
});

test('who blocked the bot is left alone, and is told again after coming back', async () => {
  const rig = await startRig({ people: [] });
  rig.core.block('olivia', true);
  await settle();
  await tell(rig, halted(rig, 'unheard'));
  expect(rig.bot.health().unreachable).toBe(1);
  expect(rig.core.refusals()).toEqual([]);
  rig.core.block('olivia', false);
  await settle();
  await tell(rig, halted(rig, 'heard'));
  expect(rig.texts('olivia')).toHaveLength(1);
  expect(rig.last('olivia')).toContain('heard');
  await checkAndStop(rig);
});

test('a 403 without warning marks the person, and the rest of the queue is not tried', async () => {
  const rig = await startRig({ people: [] });
  rig.core.faults.push({
    ...{ method: 'sendMessage', kind: 'error', code: 403, count: 9 },
    description: 'Forbidden: bot was blocked by the user',
  });
  await tell(rig, halted(rig, 'a'), halted(rig, 'b'), halted(rig, 'c'));
  expect(rig.core.refusals()).toHaveLength(1);
  expect(rig.bot.health().unreachable).toBe(1);
  await checkAndStop(rig, [403]);
});

test('a message whose markup Telegram refuses is sent without', async () => {
  const rig = await startRig({ people: [] });
  rig.core.faults.push({
    ...{ method: 'sendMessage', kind: 'error', code: 400 },
    description: "Bad Request: can't parse entities",
  });
  await tell(rig, halted(rig, 'a & b'));
  expect(rig.last('olivia')).toContain('nothing is written to the exchange. “a & b”');
  const message = rig.core.messages('olivia').at(-1);
  expect(message?.entities ?? []).toEqual([]);
  expect(rig.bot.health().outbox).toMatchObject({ waiting: 0, lost: 0 });
  await checkAndStop(rig, [400]);
});

test('a message Telegram refuses for good does not hold up the next', async () => {
  const rig = await startRig({ people: [] });
  rig.core.faults.push({
    ...{ method: 'sendMessage', kind: 'error', code: 400, count: 2 },
    description: 'Bad Request: no reason given',
  });
  await tell(rig, halted(rig, 'a'), halted(rig, 'b'));
  expect(rig.texts('olivia')).toHaveLength(1);
  expect(rig.bot.health().outbox).toMatchObject({ waiting: 0, lost: 1 });
  await checkAndStop(rig, [400]);
});

test('the queue of a chat is bounded, and drops the least urgent', async () => {
  const rig = await startRig({ people: [] });
  const stopOutage = rig.core.faults.push({ method: '*', kind: 'reset_before', count: 10_000 });
  await tell(rig, halted(rig, 'important'));
  for (let i = 0; i < 300; i += 1) rig.door.tell(started(rig));
  await settle();
  expect(rig.bot.health().outbox).toMatchObject({ waiting: 200, lost: 101 });
  stopOutage();
  await rig.clock.advance(60_000);
  expect(rig.texts('olivia')[0]).toContain('important');
  expect(rig.texts('olivia')).toHaveLength(201);
  expect(rig.last('olivia')).toContain('101 older messages could not be kept');
  await checkAndStop(rig);
});

test('stop lets out what waits, and ends within seconds though Telegram is down', async () => {
  const rig = await startRig({ people: [] });
  rig.door.tell(emergency(rig, 'BTC'));
  rig.door.tell({ type: 'stopped', at: rig.clock.now(), reason: 'SIGTERM', inFlight: 0 });
  await stop(rig);
  expect(rig.texts('olivia').join('\n')).toMatch(
    /Emergency top-up: BTC.*stopping \(told to stop\)/s,
  );

  const down = await startRig({ people: [] });
  down.core.faults.push({ method: '*', kind: 'hang', count: 10_000 });
  down.door.tell(halted(down, 'x'));
  let isStopped = false;
  const stopped = down.bot.stop().then(() => {
    isStopped = true;
  });
  await down.clock.advance(4_500);
  expect(isStopped).toBe(true);
  await stopped;
});

test('hostile text from outside is shown, not interpreted', async () => {
  const rig = await startRig({ people: [] });
  await tell(rig, {
    ...{ type: 'venue_trouble', at: rig.clock.now(), active: true, call: '<b>x</b>', attempts: 10 },
    reason: '</code>&amp;<a href="tg://x">y',
  });
  expect(rig.last('olivia')).toContain('“<b>x</b>” failed 10 times in a row. “</code>&amp;<a href');
  await checkAndStop(rig);
});
