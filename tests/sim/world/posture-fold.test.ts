import { describe, expect, test } from 'vitest';
import type { World } from '../../../src/sim/exchange/core/index.ts';
import { IntentBook } from '../../../src/sim/world/intent-book.ts';
import { PostureFold, shownPosture } from '../../../src/sim/world/posture-fold.ts';
import { Report } from '../../../src/sim/world/report.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';
import { type Rig, rig } from '../../support/engine-rig.ts';
import { settle } from '../../support/manual-clock.ts';

const ANN = { id: '7', name: 'Ann' };
const world = { positions: new Map(), indexOf: new Map() } as unknown as World;
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
];

/** The journal of a run, folded from its first record. */
function folded({ journal }: Rig): string {
  const time = new VirtualTime();
  const intents = new IntentBook(new Report(time), time, { since: 0 });
  const fold = new PostureFold(intents);
  for (const record of journal.records) {
    intents.onRecord(record, world);
    fold.onRecord(record);
  }
  return fold.text();
}

describe('what holds the service back', () => {
  test('is the same in the journal and in the view, through pauses and back', async () => {
    const made = await rig({ holdings, available: 0 });
    const { door } = made.engine;
    expect(folded(made)).toBe('not paused, active, 0 unknown');
    expect(shownPosture(door)).toBe(folded(made));
    await door.pause(null, ANN);
    expect(folded(made)).toMatch(/^paused since \d+, active/);
    expect(shownPosture(door)).toBe(folded(made));
    await door.resume(ANN);
    expect(shownPosture(door)).toBe(folded(made));
  });

  test('counts outcomes that are not known, over a restart too', async () => {
    const made = await rig({ holdings, available: 0 });
    made.venue.deadAfterLoss = true;
    made.venue.fates.push('lose_request');
    made.venue.recollateralise('BTC', 1_150);
    made.venue.recollateralise('ETH', 850);
    await made.clock.advance(61_000);
    expect(folded(made)).toMatch(/1 unknown$/);
    expect(shownPosture(made.engine.door)).toBe(folded(made));
    made.venue.readFailure = null;
    const again = await rig({ holdings, available: 0, after: made });
    await settle();
    expect(folded(again)).toMatch(/1 unknown$/);
    expect(shownPosture(again.engine.door)).toBe(folded(again));
  });

  test('names halts, and whether they wait for a person', async () => {
    const made = await rig({ holdings, available: 0 });
    made.venue.readFailure = 'apikey: invalid';
    made.venue.keyRejected = true;
    await made.clock.advance(200_000);
    expect(folded(made)).toMatch(/halted for a person/);
    expect(shownPosture(made.engine.door)).toBe(folded(made));
  });
});
