import { expect, test } from 'vitest';
import { Fences } from '../../src/engine/fences.ts';
import { HaltDesk } from '../../src/engine/halt-desk.ts';
import { PostureKeeper } from '../../src/engine/posture-keeper.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryJournal } from '../support/memory-journal.ts';

const ALICE = { id: '1', name: 'Alice' };
const log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => log,
};

function makeDesk() {
  const clock = new ManualClock();
  const journal = new MemoryJournal(clock);
  const common = { pinnedDryRun: false, pause: null, halts: new Set<never>() };
  const posture = new PostureKeeper({ ...common, fences: new Fences() });
  const notifier = { notify: () => undefined };
  const desk = new HaltDesk({ posture, journal, clock, notifier, log });
  return { desk, posture, types: () => journal.records.map(({ type }) => type) };
}

test('a halt whose cause is over is lifted by a person, on disk and off it', async () => {
  const { desk, posture, types } = makeDesk();
  desk.report('key_rejected', true);
  desk.report('key_rejected', false);
  expect(await desk.clear(ALICE)).toBe('cleared');
  expect(posture.mode).toBe('active');
  expect(types()).toEqual(['halted', 'halt_cleared']);
});

test('a cause that comes back while the lifting is written keeps the halt for good', async () => {
  const { desk, posture, types } = makeDesk();
  desk.report('key_rejected', true);
  desk.report('key_rejected', false);
  const answer = desk.clear(ALICE);
  desk.report('key_rejected', true);
  expect(await answer).toBe('holds');
  expect(posture.mode).toBe('halted');
  expect(types().at(-1)).toBe('halted');
});
