import { describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import type { EngineDoor } from '../../../src/engine/index.ts';
import type { JournalRecord } from '../../../src/ports/journal.ts';
import { PlanFold } from '../../../src/sim/world/plan-fold.ts';
import { ProfileFold } from '../../../src/sim/world/profile-fold.ts';
import { SettingsFold } from '../../../src/sim/world/settings-fold.ts';
import { WeightFold } from '../../../src/sim/world/weight-fold.ts';
import { type Rig, rig } from '../../support/engine-rig.ts';
import { settle } from '../../support/manual-clock.ts';

const ANN = { id: '7', name: 'Ann' };
const tight = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 600 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 600 },
];

interface Fold {
  onRecord(record: JournalRecord): void;
  objection(door: EngineDoor): string | null;
}

/** What the fold has to say once it has read the journal, or what a test leaves of it. */
function objection(
  fold: Fold,
  { journal, engine }: Rig,
  isRead: (record: JournalRecord) => boolean = () => true,
): string | null {
  for (const record of journal.records.filter(isRead)) fold.onRecord(record);
  return fold.objection(engine.door);
}

const isNot = (type: string) => (record: JournalRecord) => record.type !== type;

async function withPlan(): Promise<Rig> {
  const made = await rig({ holdings: tight, available: 0 });
  await made.mark('BTC', 9_520);
  await made.mark('ETH', 952);
  await made.clock.advance(1_100);
  await made.mark('ETH', 950);
  return made;
}

describe('plans', () => {
  test('are shown as they were written down, before a decision and after it', async () => {
    const made = await withPlan();
    const [plan] = made.engine.door.plans();
    expect(plan?.state).toBe('pending');
    expect(objection(new PlanFold(), made)).toBeNull();
    await made.engine.door.decidePlan(plan?.planId ?? '', 'approve', ANN);
    await settle();
    expect(objection(new PlanFold(), made)).toBeNull();
  });

  test('are missed when only the screen, or only the disk, has them', async () => {
    const made = await withPlan();
    expect(objection(new PlanFold(), made, isNot('plan_proposed'))).toMatch(/not in the journal/);
    const empty = await rig({ holdings: tight, available: 0 });
    const fold = new PlanFold();
    for (const record of made.journal.records) fold.onRecord(record);
    expect(fold.objection(empty.engine.door)).toMatch(/is in the journal and not shown/);
  });

  test('must have been decided and begun on disk when they are said to have been', async () => {
    const made = await withPlan();
    const planId = made.engine.door.plans()[0]?.planId ?? '';
    await made.engine.door.decidePlan(planId, 'approve', ANN);
    await settle();
    expect(objection(new PlanFold(), made, isNot('round_started'))).toMatch(/never began/);
    expect(objection(new PlanFold(), made, isNot('plan_decided'))).toMatch(/decided by 7/);
    const rejected = await withPlan();
    const other = rejected.engine.door.plans()[0]?.planId ?? '';
    await rejected.engine.door.decidePlan(other, 'reject', ANN);
    expect(objection(new PlanFold(), rejected)).toBeNull();
    expect(objection(new PlanFold(), rejected, isNot('plan_decided'))).toMatch(/says null/);
  });

  test('show the numbers that were written down', async () => {
    const made = await withPlan();
    const fold = new PlanFold();
    for (const record of made.journal.records) {
      const text = JSON.stringify(record).replace(/"quantity":"[\d.]+"/, '"quantity":"77"');
      fold.onRecord(record.type === 'plan_proposed' ? JSON.parse(text) : record);
    }
    expect(fold.objection(made.engine.door)).toMatch(/journal says ".* 77/);
  });
});

describe('profiles', () => {
  test('are offered as they were kept, over a restart too', async () => {
    const made = await rig({ holdings: tight, available: 0 });
    await made.engine.door.saveProfile('usual', ANN);
    await made.engine.door.changeSetting('thresholds.min_adjustment_usdt', 77, ANN);
    await made.engine.door.changeSetting('risk_weights.tETHF0:USTF0', 2, ANN);
    const again = await rig({ holdings: tight, available: 0, after: made });
    for (const present of [made, again]) {
      const fold = new ProfileFold();
      expect(objection(fold, present)).toBeNull();
      expect(fold.contentObjection(present.engine.door)).toBeNull();
    }
  });

  test('are missed when they are not on disk, or are other ones there', async () => {
    const made = await rig({ holdings: tight, available: 0 });
    await made.engine.door.saveProfile('usual', ANN);
    expect(objection(new ProfileFold(), made, isNot('profile'))).toMatch(/"usual of 7"/);
    const fold = new ProfileFold();
    for (const record of made.journal.records) {
      const text = JSON.stringify(record).replace('"min_adjustment_usdt":50', '"x":50');
      fold.onRecord(JSON.parse(text));
    }
    expect(fold.contentObjection(made.engine.door)).toMatch(/thresholds.x=50/);
  });
});

test('settings that are shown and not on disk are noticed', async () => {
  const made = await rig({ holdings: tight, available: 0 });
  await made.engine.door.changeSetting('thresholds.min_adjustment_usdt', 77, ANN);
  expect(objection(new SettingsFold(), made)).toBeNull();
  expect(objection(new SettingsFold(), made, isNot('settings'))).toMatch(/min_adjustment_usdt=77/);
});

test('measured weights that are not on disk are noticed', async () => {
  const made = await rig({ holdings: tight, available: 0, start: false });
  made.venue.candles = (symbol, days) =>
    Array.from({ length: days }, (_, day) => {
      const close = new Decimal(100 + (day % 2) * (symbol.includes('ETH') ? 4 : 2));
      return { at: day, open: close, high: close, low: close, close, volume: close };
    });
  await made.engine.start();
  await made.clock.advance(1);
  const sources = made.engine.door.positions().map(({ weightSource }) => weightSource);
  expect(sources).toEqual(['measured', 'measured']);
  const shown = made.engine.door.positions();
  const fold = new WeightFold();
  expect(fold.objection(shown)).toMatch(/weighs .*, journal says/);
  for (const record of made.journal.records) fold.onRecord(record);
  expect(fold.objection(shown)).toBeNull();
});
