/** The figures of a day survive the loss of their document and a crash before it was written. */
import { expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { restoreDay } from '../../src/engine/day-restore.ts';
import { type DayDocument, emptyDay, Statistics } from '../../src/engine/statistics.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import type { Document } from '../../src/ports/store.ts';
import { FileHistory } from '../../src/storage/history.ts';
import { rig } from '../support/engine-rig.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { memoryDocument } from '../support/memory-document.ts';
import { tempFolder } from '../support/temp-folder.ts';

const clock = new ManualClock(Date.UTC(2026, 0, 5, 12));
const usd = (value: number) => new Decimal(value);
const confirmed = { kind: 'confirmed', detail: '' };
const rejected = { kind: 'rejected', code: 'x', reason: 'y' };
const move = (fromUsd: number, toUsd: number, outcome: object) => ({
  ...{ symbol: 'tBTCF0:USTF0', fromUsd: usd(fromUsd), toUsd: usd(toUsd), outcome },
});

/** A day of history as the engine leaves it, with one record of the day before. */
async function written(): Promise<FileHistory> {
  const history = new FileHistory(tempFolder(), silentLogger);
  const at = clock.now();
  const legs = (ratePct: number) => [
    { symbol: 'tETHF0:USTF0', ratePct: 9 },
    { symbol: 'tBTCF0:USTF0', ratePct },
  ];
  await history.append('adjustments', at - 86_400_000, {
    ...{ trigger: 'manual', adjustments: [move(0, 999, confirmed)] },
  });
  await history.append('adjustments', at, {
    trigger: 'emergency',
    adjustments: [move(100, 40, confirmed), move(10, 70, confirmed)],
  });
  await history.append('adjustments', at, {
    ...{
      trigger: 'scheduled',
      adjustments: [move(5, 6, rejected), move(5, 6, { kind: 'rehearsed' })],
    },
  });
  await history.append('liquidations', at, {
    ...{ trigger: 'manual', plan: { reductions: [{ notionalUsd: usd(500), outcome: confirmed }] } },
  });
  await history.append('liquidations', at, { trigger: 'venue', collateralUsd: usd(77) });
  await history.append('snapshots', at, { equityUsd: 1_000, legs: legs(4) });
  await history.append('snapshots', at, { equityUsd: null, legs: legs(2.5) });
  await history.append('snapshots', at, { equityUsd: 900, legs: [] });
  return history;
}

const counts = {
  ...{ utcDay: '2026-01-05', adjustments: 2, emergencies: 1, liquidations: 1, failedWrites: 1 },
  ...{ movedUsd: '120', closedNotionalUsd: '500', lostPositions: 1, lostUsd: '77' },
};
const samples = {
  ...{ firstEquityUsd: '1000', lastEquityUsd: '900' },
  ...{ worstRatePct: 2.5, worstSymbol: 'tBTCF0:USTF0' },
};

async function restored(known: DayDocument, history: FileHistory): Promise<DayDocument> {
  const dayDocument = memoryDocument<DayDocument>(known);
  await restoreDay({ history, dayDocument, clock, log: silentLogger });
  await dayDocument.update((day) => day);
  return dayDocument.read();
}

test.each(['', '2026-01-04'])('a document of day %j becomes that of today', async (day) => {
  const history = await written();
  expect(await restored(emptyDay(day), history)).toEqual({ ...counts, ...samples });
  await history.close();
});

test('a document behind what was done catches up, and keeps the samples it has', async () => {
  const history = await written();
  const own = { firstEquityUsd: '1', lastEquityUsd: '2', worstRatePct: 3, worstSymbol: null };
  const behind = { ...emptyDay('2026-01-05'), ...own, adjustments: 2, movedUsd: '120' };
  expect(await restored(behind, history)).toEqual({ ...counts, ...own });
  await history.close();
});

test('a document ahead of history is not set back: a power cut takes its end', async () => {
  const history = await written();
  const ahead = { ...emptyDay('2026-01-05'), adjustments: 9, movedUsd: '1' };
  expect(await restored(ahead, history)).toEqual(ahead);
  await history.close();
});

test('a day without history is left to its first record', async () => {
  const history = new FileHistory(tempFolder(), silentLogger);
  expect(await restored(emptyDay('2026-01-04'), history)).toEqual(emptyDay('2026-01-04'));
});

test('what cannot be read or written does not keep the engine from starting', async () => {
  const history = await written();
  const refuse = () => Promise.reject(new Error('EIO'));
  const dayDocument: Document<DayDocument> = { read: () => emptyDay(''), update: refuse };
  await restoreDay({ history, dayDocument, clock, log: silentLogger });
  const unreadable = Object.assign(Object.create(history) as FileHistory, { day: refuse });
  expect(await restored(emptyDay(''), unreadable)).toEqual(emptyDay(''));
  await history.close();
});

test('what the engine itself writes is counted as it was counted at the time', async () => {
  const holdings = [
    { base: 'BTC', quantity: 1, entry: 10_000, collateral: 300 },
    { base: 'ETH', quantity: 10, entry: 1_000, collateral: 2_000 },
  ];
  const made = await rig({ holdings, available: 500 });
  await made.clock.advance(61_000);
  await made.mark('BTC', 9_900);
  await made.clock.advance(61_000);
  made.venue.drop('ETH');
  await made.clock.advance(61_000);
  const known = made.engine.door.dailyStatistics();
  expect(known.adjustments).toBeGreaterThan(0);
  const dayDocument = memoryDocument<DayDocument>(emptyDay(''));
  const { history } = made;
  await restoreDay({ history, dayDocument, clock: made.clock, log: silentLogger });
  await dayDocument.update((day) => day);
  const { worstRatePct, ...exact } = new Statistics(dayDocument).view();
  expect(worstRatePct).toBeCloseTo(known.worstRatePct ?? 0, 4);
  const { worstRatePct: _, equityUsd, equityChangeUsd, ...told } = known;
  expect(exact).toMatchObject(told);
  expect(exact.equityUsd?.toNumber()).toBeCloseTo(equityUsd?.toNumber() ?? 0, 1);
  expect(exact.equityChangeUsd?.toNumber()).toBeCloseTo(equityChangeUsd?.toNumber() ?? 0, 1);
});
