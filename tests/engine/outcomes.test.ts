/** Writes of unknown outcome: fenced, asked about, never repeated, remembered over a restart. */
import { describe, expect, test } from 'vitest';
import { type Rig, rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';
import type { Fate } from '../support/memory-venue.ts';

const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_900 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_600 },
];

/** The first write is lost, and with it the line, until `readFailure` is cleared. */
async function withFirstFate(fate: 'lose_reply' | 'lose_request'): Promise<Rig> {
  const made = await rig({ holdings: uneven, available: 0, start: false });
  made.venue.deadAfterLoss = true;
  made.venue.fates.push(fate);
  await made.engine.start();
  await settle();
  return made;
}

describe('a write of unknown outcome', () => {
  test('fences its position and shows in status', async () => {
    const made = await withFirstFate('lose_reply');
    expect(made.engine.door.status().unknownOutcomes).toBe(1);
    expect(made.engine.door.positions().filter(({ fenced }) => fenced)).toHaveLength(1);
    expect(made.told('outcome_unknown')[0]).toMatchObject({ resolved: false });
  });

  test('whose effect shows is confirmed without being sent again', async () => {
    const made = await withFirstFate('lose_reply');
    made.venue.readFailure = null;
    await made.clock.advance(10_000);
    expect(made.engine.door.status().unknownOutcomes).toBe(0);
    const writes = made.venue.writes.filter(({ symbol }) => symbol === 'tBTCF0:USTF0');
    expect(writes).toHaveLength(1);
    expect(made.told('outcome_unknown').at(-1)).toMatchObject({ resolved: true });
    const outcomes = made.journal.records.filter(({ type }) => type === 'outcome');
    expect(
      outcomes.map(({ body }) => (body as { outcome: { kind: string } }).outcome.kind),
    ).toEqual(['unknown', 'confirmed']);
  });

  test('that never arrived is found out, and the next decision is a new one', async () => {
    const made = await withFirstFate('lose_request');
    made.venue.readFailure = null;
    await made.clock.advance(59_000);
    expect(made.engine.door.status().unknownOutcomes).toBe(0);
    await made.clock.advance(2_000);
    const writes = made.venue.writes.filter(({ symbol }) => symbol === 'tBTCF0:USTF0');
    expect(writes).toHaveLength(2);
    const ids = made.journal.records
      .filter(({ type }) => type === 'intent')
      .map(({ body }) => (body as { id: string }).id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is not guessed while the exchange cannot be asked', async () => {
    const made = await withFirstFate('lose_request');
    await made.clock.advance(10 * 60_000);
    expect(made.engine.door.status().unknownOutcomes).toBe(1);
    made.venue.readFailure = null;
    await made.clock.advance(60_000);
    expect(made.engine.door.status().unknownOutcomes).toBe(0);
  });

  test('is still fenced after a restart, and resolved by asking', async () => {
    const made = await withFirstFate('lose_reply');
    await made.engine.stop('test');
    made.venue.readFailure = null;
    const again = await rig({ holdings: uneven, available: 0, after: made, start: false });
    await again.engine.start();
    await again.clock.advance(10_000);
    expect(again.told('outcome_unknown').map(({ resolved }) => resolved)).toEqual([false, true]);
    expect(again.engine.door.status().unknownOutcomes).toBe(0);
    const writes = again.venue.writes.filter(({ symbol }) => symbol === 'tBTCF0:USTF0');
    expect(writes).toHaveLength(1);
  });
});

describe('the journal', () => {
  test('holds every intent before the venue sees it, and every outcome after', async () => {
    const made = await rig({ holdings: uneven, available: 0 });
    const types = made.journal.types().filter((type) => type === 'intent' || type === 'outcome');
    expect(types).toEqual(['intent', 'outcome', 'intent', 'outcome']);
    expect(made.venue.writes).toHaveLength(2);
  });

  test('that cannot be written stops the write: nothing is sent', async () => {
    const made = await rig({ holdings: uneven, available: 0, start: false });
    const failing = made.engine.start();
    made.journal.failure = new Error('no space left on device');
    await expect(failing).rejects.toThrow('no space left');
    await settle();
    expect(made.venue.writes).toEqual([]);
  });
});

describe('a reduction of unknown outcome', () => {
  async function cut(sharePct: number, fate: Fate, share = 1): Promise<Rig> {
    const made = await rig({
      holdings: [{ base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_000 }],
      available: 0,
    });
    const { door } = made.engine;
    const answer = door.previewAct({
      kind: 'reduce',
      symbol: 'tETHF0:USTF0' as never,
      sharePct,
    });
    if (answer.kind !== 'preview') throw new Error('expected a preview');
    made.venue.hidesOrders = true;
    made.venue.fillShares.push(share);
    made.venue.fates.push(fate);
    void door.runAct(answer.preview.id, { id: '7', name: 'Ann' });
    await settle();
    expect(door.status().unknownOutcomes).toBe(1);
    return made;
  }

  const halved = (fate: Fate, share = 1): Promise<Rig> => cut(50, fate, share);

  /** How it ended, or null while it is not known. */
  function ending({ journal, engine }: Rig): string | null {
    if (engine.door.status().unknownOutcomes > 0) return null;
    const body = journal.records.findLast(({ type }) => type === 'outcome')?.body;
    const { kind, code, detail } = (body as { outcome: Record<string, string> }).outcome;
    return `${kind} ${code ?? detail}`;
  }

  test('is shown with its position right after a restart', async () => {
    const made = await halved('lose_request');
    const again = await rig({ holdings: [], available: 0, after: made });
    expect(again.engine.door.status().unknownOutcomes).toBe(1);
    expect(again.engine.door.positions()).toMatchObject([{ symbol: 'tETHF0:USTF0', fenced: true }]);
  });

  test('that never arrived is found out by a position that has not changed', async () => {
    const made = await halved('lose_request');
    await made.clock.advance(10_000);
    expect(ending(made)).toBe('rejected not_found');
  });

  test('whose order does not show was carried out if the position is smaller by it', async () => {
    const made = await halved('lose_reply');
    await made.clock.advance(10_000);
    expect(ending(made)).toBe('confirmed filled: 5');
  });

  test('of a position that is gone does not keep anybody waiting', async () => {
    const made = await halved('lose_request');
    made.venue.drop('ETH');
    await made.clock.advance(10_000);
    expect(ending(made)).toBe('rejected position_gone');
  });

  test('of all there was, shown minutes after the position is gone, was carried out', async () => {
    const made = await cut(100, 'lose_reply');
    expect(made.venue.position('ETH')).toBeUndefined();
    await made.clock.advance(300_000);
    expect(ending(made)).toBeNull();
    made.venue.hidesOrders = false;
    await made.clock.advance(10_000);
    expect(ending(made)).toBe('confirmed filled: 10');
  });

  test('of all there was, never shown, was not what closed the position', async () => {
    const made = await cut(100, 'lose_request');
    made.venue.drop('ETH');
    await made.clock.advance(590_000);
    expect(ending(made)).toBeNull();
    await made.clock.advance(20_000);
    expect(ending(made)).toBe('rejected position_gone');
  });

  test('filled in part by an order that shows minutes later is waited for', async () => {
    const made = await halved('lose_reply', 0.5);
    await made.clock.advance(300_000);
    expect(ending(made)).toBeNull();
    made.venue.hidesOrders = false;
    await made.clock.advance(10_000);
    expect(ending(made)).toBe('confirmed filled: 2.5');
  });

  test('of a position that changed by another amount is doubted for ten minutes', async () => {
    const made = await halved('lose_request');
    made.venue.resize('ETH', 8);
    await made.clock.advance(590_000);
    expect(ending(made)).toBeNull();
    await made.clock.advance(20_000);
    expect(ending(made)).toBe('rejected not_found');
  });
});
