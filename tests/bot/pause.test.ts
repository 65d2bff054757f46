import { expect, test } from 'vitest';
import { settle } from '../support/manual-clock.ts';
import { allowActs } from './fake-acts.ts';
import { position } from './fake-door.ts';
import { calm, checkAndStop, type Rig, startRig } from './rig.ts';

test('/pause holds at once, for as long as said, and /resume asks once', async () => {
  const rig = await startRig();
  await rig.say('otto', '/pause 2h');
  expect(rig.door.acts).toEqual(['pause by Otto']);
  expect(rig.door.paused?.until).toBe(rig.clock.now() + 2 * 3_600_000);
  expect(rig.last('otto')).toContain('PAUSED by Otto since 12:00:00 UTC, until 14:00:00 UTC');
  expect(rig.last('otto')).toContain('Rescues wait too');
  await rig.tap('otto', '▶️ Resume');
  expect(rig.last('otto')).toContain('Resume?');
  await rig.tap('otto', '▶️ Resume');
  expect(rig.door.acts).toEqual(['pause by Otto', 'resume by Otto']);
  expect(rig.last('otto')).toContain('Resumed by Otto at 12:00:00 UTC');
  await rig.say('otto', '/resume');
  expect(rig.last('otto')).toContain('Nothing is paused');
  await checkAndStop(rig);
});

test.each([
  [true, 'dry run stays on: nothing is sent'],
  [false, 'tops up and moves collateral again'],
])('/resume says what follows, dry run %s', async (dryRun, words) => {
  const rig = await startRig();
  rig.door.dryRun = dryRun;
  await rig.say('otto', '/pause');
  await rig.tap('otto', '▶️ Resume');
  expect(rig.last('otto')).toContain(words);
  await checkAndStop(rig);
});

test('every view says that it is paused', async () => {
  const rig = await startRig();
  rig.door.positionList = [position('BTC')];
  await rig.say('otto', '/pause');
  for (const command of ['/status', '/positions', '/balance', '/health', '/pending']) {
    await rig.say('otto', command);
    expect(rig.last('otto'), command).toContain('PAUSED by Otto');
  }
  await checkAndStop(rig);
});

test('/panic stops everything, then offers to reduce below the present leverage', async () => {
  const rig = await startRig();
  allowActs(rig);
  const balance = rig.door.balance();
  rig.door.balance = () => ({ ...balance, leverage: 2.4 });
  await rig.say('otto', '/panic now!!');
  expect(rig.door.acts).toEqual(['pause by Otto']);
  expect(rig.door.paused?.until).toBe(null);
  expect(rig.last('otto')).toContain('Everything is stopped');
  expect(rig.last('otto')).toContain('Leverage is 2.4× now');
  expect(rig.buttons('otto')).toEqual(['To 1×', 'To 2×', '▶️ Resume', 'Status']);
  await rig.tap('otto', 'To 2×');
  expect(rig.last('otto')).toContain('Reduce everything to 2× leverage');
  await rig.tap('otto', 'Reduce everything');
  expect(rig.door.acts).toEqual(['pause by Otto', 'act act1 by Otto']);
  expect(rig.door.audits[0]).toBe('panic  by Otto');
  await checkAndStop(rig);
});

test('a panic overtakes what came before it in the same batch', async () => {
  const rig = await startRig();
  const order: string[] = [];
  const update = rig.progress.update;
  rig.progress.update = async (change) => {
    order.push('disk');
    await update(change);
  };
  watchPause(rig, () => order.push('pause'));
  for (const text of ['/status', '/positions', '/panic']) {
    rig.forger.push({ message: messageFrom(rig, text) });
  }
  await rig.say('sam', 'filler');
  expect(order).toEqual(['pause', 'disk', 'disk']);
  await checkAndStop(rig);
});

test('a panic does not wait for a disk that hangs', async () => {
  const rig = await startRig();
  let release = () => {};
  const update = rig.progress.update;
  rig.progress.update = async (change) => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    await update(change);
  };
  rig.core.say('otto', '/status');
  await settle();
  rig.core.say('otto', '/panic');
  await rig.clock.advance(50);
  expect(rig.door.acts).toEqual(['pause by Otto']);
  rig.progress.update = update;
  release();
  await rig.say('otto', '/health');
  expect(rig.door.acts).toEqual(['pause by Otto']);
  await checkAndStop(rig);
});

test('a pause that is not on disk yet is told so, and again once it is', async () => {
  const rig = await startRig();
  const disk = holdPause(rig);
  rig.core.say('otto', '/panic');
  await rig.clock.advance(50);
  expect(rig.door.acts).toEqual(['pause by Otto']);
  expect(rig.texts('otto')).toEqual([]);
  await rig.clock.advance(250);
  await calm(rig);
  expect(rig.last('otto')).toContain('Everything is stopped');
  expect(rig.last('otto')).toContain('Not on disk yet');
  expect(rig.buttons('otto')).toContain('▶️ Resume');
  disk.release();
  await calm(rig);
  expect(rig.last('otto')).toBe('✅ The pause is on disk now: a restart keeps it.');
  await checkAndStop(rig);
});

test.each([0, 400])(
  'a pause whose record fails after %i ms is not called kept',
  async (afterMs) => {
    const rig = await startRig();
    const disk = holdPause(rig);
    rig.core.say('otto', '/pause');
    await settle();
    await rig.clock.advance(afterMs);
    disk.fail(new Error('EIO: i/o error, fsync'));
    await calm(rig);
    expect(rig.last('otto')).toContain('PAUSED by Otto');
    expect(rig.last('otto')).toContain('could not be put on disk');
    expect(rig.texts('otto').join()).not.toContain('is on disk now');
    await checkAndStop(rig);
  },
);

/** The pause counts at once; its record is on disk when the test says so. */
function holdPause({ door }: Rig): { release(): void; fail(error: Error): void } {
  let release = (): void => undefined;
  let fail = (_: Error): void => undefined;
  const recorded = new Promise<void>((resolve, reject) => {
    release = resolve;
    fail = reject;
  });
  const pause = door.pause.bind(door);
  door.pause = async (until, by) => {
    await pause(until, by);
    await recorded;
  };
  return { release: () => release(), fail: (error) => fail(error) };
}

function watchPause({ door }: Rig, note: () => void): void {
  const pause = door.pause.bind(door);
  door.pause = (until, by) => {
    note();
    return pause(until, by);
  };
}

function messageFrom({ clock }: Rig, text: string): object {
  const from = { id: 1002, is_bot: false, first_name: 'Otto', language_code: 'en' };
  const chat = { id: 1002, type: 'private', first_name: 'Otto' };
  return { message_id: 900, date: Math.floor(clock.now() / 1000), chat, from, text };
}

test('a panic inside a dialogue is a panic', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Thresholds');
  await rig.tap('otto', 'Price spike');
  await rig.say('otto', '/panic');
  expect(rig.door.acts).toEqual(['pause by Otto']);
  await checkAndStop(rig);
});

test('a viewer cannot stop the service, a stranger is not heard', async () => {
  const rig = await startRig();
  for (const command of ['/panic', '/pause', '/resume']) {
    await rig.say('vera', command);
    expect(rig.last('vera')).toContain('for the role “operator”');
    await rig.say('sam', command);
  }
  expect(rig.texts('sam')).toEqual([]);
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('a halt that waits for a person takes two confirmations of an owner', async () => {
  const rig = await startRig();
  rig.door.statusChange = { mode: 'halted', modeReason: 'key_rejected', haltNeedsPerson: true };
  await rig.say('olivia', '/resume');
  expect(rig.last('olivia')).toContain('End the halt?');
  expect(rig.last('olivia')).toContain('The exchange no longer accepts the key');
  expect(rig.last('olivia')).toContain('then an owner sends /resume');
  expect(rig.buttons('olivia')).toEqual(['Continue', 'Cancel']);
  await rig.tap('olivia', 'Continue');
  expect(rig.buttons('olivia')).toEqual(['Cancel', '▶️ Resume']);
  expect(rig.door.acts).toEqual([]);
  await rig.tap('olivia', '▶️ Resume');
  expect(rig.door.acts).toEqual(['clear halt by Olivia']);
  expect(rig.last('olivia')).toContain('Halt ended by Olivia');
  rig.door.clearAnswer = 'holds';
  await rig.say('olivia', '/resume');
  await rig.tap('olivia', 'Continue');
  await rig.tap('olivia', '▶️ Resume');
  expect(rig.last('olivia')).toContain('the cause is still there');
  await checkAndStop(rig);
});

const contested = { mode: 'reducing', modeReason: 'contested', haltNeedsPerson: true } as const;

test('a halt that waits for a person is not ended by an operator', async () => {
  const rig = await startRig();
  rig.door.statusChange = contested;
  await rig.say('otto', '/resume');
  expect(rig.last('otto')).toContain('Only an owner can end a halt');
  expect(rig.last('otto')).toContain('Stop that program or person');
  expect(rig.buttons('otto')).toEqual([]);
  await checkAndStop(rig);
});

test('who is no owner any more when pressing does not end a halt', async () => {
  const rig = await startRig({ ownerIds: [], people: [{ who: 'olivia', role: 'owner' }] });
  rig.door.statusChange = contested;
  await rig.say('olivia', '/resume');
  await rig.tap('olivia', 'Continue');
  await rig.people.update((state) => ({
    ...state,
    people: state.people.map((person) => ({ ...person, role: 'operator' as const })),
  }));
  await rig.tap('olivia', '▶️ Resume');
  expect(rig.last('olivia')).toContain('Only an owner can end a halt');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('a halt that ends by itself is left alone', async () => {
  const rig = await startRig();
  rig.door.statusChange = { mode: 'halted', modeReason: 'blind', haltNeedsPerson: false };
  await rig.say('otto', '/resume');
  expect(rig.last('otto')).toContain('ends by itself');
  expect(rig.buttons('otto')).toEqual([]);
  await checkAndStop(rig);
});
