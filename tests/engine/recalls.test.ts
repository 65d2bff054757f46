/** Permission is of one moment: what people and halts say before a write has left still counts. */
import { describe, expect, test } from 'vitest';
import { parseSymbol } from '../../src/core/symbol.ts';
import { RECORD } from '../../src/engine/records.ts';
import { type Rig, rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';
import { approve, locked, orders, planOf } from '../support/roll-rig.ts';

const ANN = { id: '7', name: 'Ann' };
const BOB = { id: '8', name: 'Bob' };
const BTC = parseSymbol('tBTCF0:USTF0');
const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 300 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 3_000 },
];
const tight = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 600 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 600 },
];

/** Something that waits until it is let go. */
function hold() {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { held, release };
}

const cutsIn = (made: Rig) => made.venue.writes.filter(({ kind }) => kind === 'reduce');
const lastOutcome = (made: Rig) =>
  made.journal.records.filter(({ type }) => type === 'outcome').at(-1)?.body;

/** What became of the first reduction of the plan that was carried out last. */
const endOf = (made: Rig) =>
  made
    .told('plan_changed')
    .filter(({ plan }) => plan.state === 'done')
    .at(-1)?.plan.reductions[0]?.outcome;

async function short(): Promise<Rig> {
  const made = await rig({ holdings: tight, available: 0 });
  await made.mark('BTC', 9_520);
  await made.mark('ETH', 952);
  await made.clock.advance(1_100);
  await made.mark('ETH', 950);
  return made;
}

/** Ways in which writing ends between the permission and the write. */
const ENDS: readonly [string, (made: Rig) => unknown, string][] = [
  ['a pause', (made) => made.engine.door.pause(null, ANN), 'paused'],
  ['a stop', (made) => made.engine.stop(''), 'halted'],
  [
    'dry run',
    (made) => made.engine.door.changeSetting('liquidation.dry_run', true, ANN),
    'dry_run',
  ],
  ['maintenance', (made) => made.feed.emit({ type: 'maintenance', active: true }), 'maintenance'],
];

describe('a write that waits in line', () => {
  test.each(ENDS)('is held back by %s', async (_what, end, reason) => {
    const made = await rig({ holdings: uneven, available: 500 });
    await made.clock.advance(120_000);
    const before = made.venue.writes.length;
    const line = hold();
    made.venue.lineHeld = line.held;
    await made.mark('BTC', 9_000);
    const asked = end(made);
    await settle();
    line.release();
    await asked;
    await settle();
    expect(made.venue.writes).toHaveLength(before);
    expect(lastOutcome(made)).toMatchObject({ outcome: { kind: 'denied', reason } });
  });
});

describe('a consent', () => {
  test('by hand does not outlive a pause that came while the account was read', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    await made.clock.advance(120_000);
    const request = { kind: 'reduce', symbol: BTC, sharePct: 10 } as const;
    const answer = made.engine.door.previewAct(request);
    if (answer.kind !== 'preview') throw new Error('expected a preview');
    const reading = hold();
    made.venue.positionsHeld = reading.held;
    const running = made.engine.door.runAct(answer.preview.id, ANN);
    await made.clock.advance(1_000);
    const paused = made.engine.door.pause(null, BOB);
    made.venue.positionsHeld = null;
    reading.release();
    await Promise.all([running, paused]);
    expect(cutsIn(made)).toEqual([]);
    expect(await running).toMatchObject({ reductions: [{ outcome: { reason: 'paused' } }] });
  });

  test('to a plan does not outlive a pause that came while it was written down', async () => {
    const made = await short();
    const disk = hold();
    made.journal.held = disk.held;
    const { door } = made.engine;
    const deciding = door.decidePlan(planOf(made)?.planId ?? '', 'approve', ANN);
    await made.clock.advance(100);
    const pausing = door.pause(null, BOB);
    made.journal.held = null;
    disk.release();
    await Promise.all([deciding, pausing]);
    await made.clock.advance(2_000);
    expect(cutsIn(made)).toEqual([]);
    expect(endOf(made)).toMatchObject({ reason: 'paused' });
  });
});

describe('a roll whose beginning waits for the disk', () => {
  test.each(ENDS)('sends nothing after %s', async (_what, end, reason) => {
    const made = await locked();
    const append = made.journal.append.bind(made.journal);
    const disk = hold();
    made.journal.append = async (entry) => {
      if (entry.type === RECORD.rollStarted) await disk.held;
      return append(entry);
    };
    await approve(made);
    await made.clock.advance(100);
    const asked = end(made);
    await settle();
    disk.release();
    await made.clock.advance(1_000);
    await asked;
    await made.clock.advance(20_000);
    expect(orders(made)).toEqual([]);
    // What was refused gets a second chance, which a dry run turns into a rehearsal.
    const refused = { kind: 'denied', reason };
    expect(endOf(made)).toEqual(reason === 'dry_run' ? { kind: 'rehearsed' } : refused);
  });
});

describe('the end of a dry run', () => {
  const rehearsing = (holdings: typeof uneven, available: number) =>
    rig({
      holdings,
      available,
      settings: (s) => ({ ...s, liquidation: { ...s.liquidation, dry_run: true } }),
    });

  test('rescues at once what was only rehearsed', async () => {
    const made = await rehearsing(uneven, 500);
    await made.mark('BTC', 9_750);
    expect(made.told('emergency')).toMatchObject([{ dryRun: true }]);
    await made.engine.door.changeSetting('liquidation.dry_run', false, ANN);
    await settle();
    await made.mark('BTC', 9_749);
    expect(made.venue.writes.map(({ kind }) => kind)).toContain('set');
  });

  test('proposes at once the plan that was only rehearsed', async () => {
    const made = await rehearsing(tight, 0);
    await made.mark('BTC', 9_520);
    await made.mark('ETH', 952);
    await made.clock.advance(1_100);
    await made.mark('ETH', 950);
    expect(made.told('plan_proposed')).toMatchObject([{ plan: { state: 'rehearsed' } }]);
    await made.engine.door.changeSetting('liquidation.dry_run', false, ANN);
    await settle();
    expect(planOf(made)?.state).toBe('pending');
  });
});
