/** Acts by hand: previewed, frozen, re-checked, run once. */
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import type { ActAnswer, ActPreview, ActRequest } from '../../src/engine/door.ts';
import { type Rig, type RigOptions, rig } from '../support/engine-rig.ts';

const ANN = { id: '7', name: 'Ann' };
const BOB = { id: '8', name: 'Bob' };
const BTC = parseSymbol('tBTCF0:USTF0');
const ETH = parseSymbol('tETHF0:USTF0');
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 2_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_000 },
];

/** An account that is level already, so that the routine leaves it alone. */
async function level(options: Partial<RigOptions> = {}): Promise<Rig> {
  const made = await rig({
    holdings,
    available: 1_000,
    settings: (s) => ({ ...s, thresholds: { ...s.thresholds, min_adjustment_usdt: 5_000 } }),
    ...options,
  });
  made.venue.writes.length = 0;
  return made;
}

function previewOf(answer: ActAnswer): ActPreview {
  if (answer.kind !== 'preview') throw new Error(`expected a preview, was ${answer.reason}`);
  return answer.preview;
}

async function run(made: Rig, request: ActRequest, by = ANN) {
  const { door } = made.engine;
  return door.runAct(previewOf(door.previewAct(request)).id, by);
}

describe('a top-up by hand', () => {
  test('shows rate and distance before and after, then adds exactly that much', async () => {
    const made = await level();
    const { door } = made.engine;
    const preview = previewOf(
      door.previewAct({ kind: 'topup', symbol: BTC, usd: new Decimal(300) }),
    );
    expect(preview.effects[0]).toMatchObject({ rateBeforePct: 20, rateAfterPct: 23 });
    expect(preview.freeAfterUsd.toFixed()).toBe('700');
    expect(preview.risk).toBe('lowers');
    expect(made.venue.writes).toEqual([]);
    expect(await door.runAct(preview.id, ANN)).toMatchObject({ kind: 'ran' });
    expect(made.venue.writes).toEqual([{ kind: 'set', symbol: BTC, amount: '2300' }]);
    expect(made.told('adjusted').at(-1)).toMatchObject({ trigger: 'manual', by: ANN });
  });

  test('reaches a wanted rate, rounded up', async () => {
    const made = await level();
    await run(made, { kind: 'topup_to_rate', symbol: ETH, ratePct: 25.0001 });
    expect(made.venue.writes).toEqual([{ kind: 'set', symbol: ETH, amount: '2500.01' }]);
  });

  test('never takes more than the free balance, and says so', async () => {
    const made = await level();
    const request = { kind: 'topup', symbol: BTC, usd: new Decimal(5_000) } as const;
    const preview = previewOf(made.engine.door.previewAct(request));
    expect(preview.notes).toContain('capped_to_free');
    await made.engine.door.runAct(preview.id, ANN);
    expect(made.venue.writes[0]?.amount).toBe('3000');
  });

  test('runs once, however often it is confirmed', async () => {
    const made = await level();
    const { door } = made.engine;
    const { id } = previewOf(door.previewAct({ kind: 'topup', symbol: BTC, usd: new Decimal(10) }));
    const answers = await Promise.all([door.runAct(id, ANN), door.runAct(id, ANN)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['gone', 'ran']);
    expect(made.venue.writes).toHaveLength(1);
  });

  test('is offered anew when the account no longer looks as shown', async () => {
    const made = await level();
    const { door } = made.engine;
    const request = { kind: 'topup_to_rate', symbol: BTC, ratePct: 25 } as const;
    const { id } = previewOf(door.previewAct(request));
    await made.mark('BTC', 10_050);
    const answer = await door.runAct(id, ANN);
    expect(answer).toMatchObject({ kind: 'changed' });
    expect(made.venue.writes).toEqual([]);
  });

  test('is gone after two minutes', async () => {
    const made = await level();
    const { door } = made.engine;
    const { id } = previewOf(door.previewAct({ kind: 'topup', symbol: BTC, usd: new Decimal(10) }));
    await made.clock.advance(120_000);
    expect(await door.runAct(id, ANN)).toEqual({ kind: 'gone' });
  });
});

describe('other acts by hand', () => {
  test('a release raises risk, stays above the minimum, and is refused while paused', async () => {
    const made = await level();
    const { door } = made.engine;
    const request = { kind: 'release', symbol: BTC, usd: new Decimal(99_999) } as const;
    const preview = previewOf(door.previewAct(request));
    expect(preview.risk).toBe('raises');
    expect(preview.notes).toContain('capped_to_minimum');
    expect(preview.adjustments[0]?.toUsd.toNumber()).toBeGreaterThanOrEqual(100);
    await door.pause(null, ANN);
    expect(door.previewAct(request)).toEqual({ kind: 'unavailable', reason: 'paused' });
  });

  test('a reduction closes the share asked for, even above the cap for plans', async () => {
    const made = await level();
    await run(made, { kind: 'reduce', symbol: ETH, sharePct: 40 });
    expect(made.venue.writes).toEqual([{ kind: 'reduce', symbol: ETH, amount: '4' }]);
    const [kept] = made.history.records.filter(({ kind }) => kind === 'liquidations');
    expect(kept?.body).toMatchObject({ trigger: 'manual', plan: { decidedBy: ANN } });
  });

  test('deleveraging brings notional over equity to the leverage asked for', async () => {
    const made = await level();
    const { door } = made.engine;
    const preview = previewOf(door.previewAct({ kind: 'deleverage', leverage: 2 }));
    const left =
      20_000 - preview.reductions.reduce((sum, cut) => sum + cut.notionalUsd.toNumber(), 0);
    expect(left / (5_000 - preview.costUsd.toNumber())).toBeCloseTo(2, 3);
    expect(door.previewAct({ kind: 'deleverage', leverage: 9 })).toMatchObject({
      reason: 'leverage_reached',
    });
  });

  test('unknown positions and amounts below the smallest order are refused in words', async () => {
    const { door } = (await level()).engine;
    const sol = parseSymbol('tSOLF0:USTF0');
    expect(door.previewAct({ kind: 'reduce', symbol: sol, sharePct: 10 })).toEqual({
      kind: 'refused',
      reason: 'unknown_symbol',
    });
  });

  test('dry run rehearses: the answer is the same, nothing is sent', async () => {
    const made = await level({ pinnedDryRun: true });
    const answer = await run(made, { kind: 'reduce', symbol: ETH, sharePct: 50 });
    expect(answer).toMatchObject({ kind: 'ran', dryRun: true });
    expect(made.venue.writes).toEqual([]);
  });
});

describe('the four-eyes rule', () => {
  const strict = (limit: number): Partial<RigOptions> => ({
    settings: (s) => ({
      ...s,
      thresholds: { ...s.thresholds, min_adjustment_usdt: 5_000 },
      approvals: { four_eyes_notional_usdt: limit },
    }),
  });

  test('a large reduction takes two different people', async () => {
    const made = await level(strict(1_000));
    const { door } = made.engine;
    const preview = previewOf(door.previewAct({ kind: 'reduce', symbol: ETH, sharePct: 40 }));
    expect(preview.fourEyes).toBe(true);
    expect(await door.runAct(preview.id, ANN)).toMatchObject({ kind: 'needs_second', first: ANN });
    expect(await door.runAct(preview.id, ANN)).toMatchObject({ kind: 'needs_second', first: ANN });
    expect(made.venue.writes).toEqual([]);
    expect(await door.runAct(preview.id, BOB)).toMatchObject({ kind: 'ran' });
    expect(made.venue.writes).toHaveLength(1);
  });

  test('a small one does not', async () => {
    const made = await level(strict(1_000_000));
    expect(await run(made, { kind: 'reduce', symbol: ETH, sharePct: 40 })).toMatchObject({
      kind: 'ran',
    });
  });
});
