/** The limit above which two people confirm: not loosened by the one it restrains. */
import { beforeEach, describe, expect, test } from 'vitest';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { checkAndStop, type Rig, startRig } from './rig.ts';

const KEY = 'approvals.four_eyes_notional_usdt';
const SPIKE = { key: 'thresholds.price_spike_pct', before: 3, after: 5 };
const REFUSED = 'Only an owner may raise or switch off';

let rig: Rig;

const limit = () => rig.door.settings().effective.approvals.four_eyes_notional_usdt;
const useLimit = (usd: number) =>
  rig.door.useFile(balancerSettingsSchema.parse({ approvals: { four_eyes_notional_usdt: usd } }));

beforeEach(async () => {
  rig = await startRig();
  useLimit(10_000);
});

async function type(who: 'otto' | 'olivia', value: string): Promise<void> {
  await rig.say(who, '/settings');
  await rig.tap(who, 'Reductions');
  await rig.tap(who, 'Two people above');
  await rig.say(who, value);
}

/** Loads a profile with this limit, applied by the real desk. */
async function load(who: 'otto' | 'olivia', after: number): Promise<void> {
  rig.door.differences = [{ key: KEY, before: limit(), after }, SPIKE];
  rig.door.applySettings = (_, by) =>
    rig.door.desk.changeMany(
      [
        { key: KEY, value: after },
        { key: SPIKE.key, value: SPIKE.after },
      ],
      by,
    );
  await rig.say(who, '/profile save set');
  await rig.say(who, '/profile load set');
}

describe('an operator', () => {
  test.each(['0', '20000', '10000.01'])('may not type %s over 10,000', async (value) => {
    await type('otto', value);
    expect(rig.last('otto')).toContain(REFUSED);
    expect(rig.buttons('otto')).toEqual([]);
    expect(limit()).toBe(10_000);
    await checkAndStop(rig);
  });

  test('may tighten it without a question, and gets no button that would loosen it', async () => {
    await type('otto', '5000');
    expect(limit()).toBe(5_000);
    expect(rig.last('otto')).toContain('10,000 USD → 5,000 USD');
    expect(rig.buttons('otto')).toEqual([]);
    useLimit(0);
    await type('otto', '7000');
    expect(limit()).toBe(7_000);
    await checkAndStop(rig);
  });

  test('may not load a set that loosens it, nor any other setting of that set', async () => {
    await load('otto', 0);
    expect(rig.last('otto')).toContain(REFUSED);
    expect(rig.last('otto')).toContain('Two people above: 10,000 USD → 0 USD');
    expect(rig.buttons('otto')).toEqual([]);
    expect(limit()).toBe(10_000);
    await checkAndStop(rig);
  });

  test('may not apply a set that tightened it when shown and loosens it by now', async () => {
    await load('otto', 8_000);
    await type('olivia', '5000');
    await rig.tap('otto', 'Apply');
    expect(rig.last('otto')).toContain('no longer valid');
    expect(limit()).toBe(5_000);
    await checkAndStop(rig);
  });

  test('may not undo what tightened it, although the button was made before', async () => {
    useLimit(20_000);
    await type('olivia', '15000');
    await rig.tap('olivia', '↩️ Undo');
    await rig.tap('olivia', 'Cancel');
    expect(limit()).toBe(15_000);
    await rig.say('otto', '/settings');
    await rig.tap('otto', 'Thresholds');
    await rig.tap('otto', 'Price spike');
    await rig.say('otto', '4');
    // The same press by somebody whose change would loosen it in the meantime.
    rig.door.previewUndo = () => [{ key: KEY, before: 15_000, after: 20_000 }];
    await rig.tap('otto', '↩️ Undo');
    expect(rig.last('otto')).toContain(REFUSED);
    expect(rig.door.settings().effective.thresholds.price_spike_pct).toBe(4);
    await checkAndStop(rig);
  });
});

describe('an owner', () => {
  test('loosens it after two questions on two sides', async () => {
    await type('olivia', '0');
    expect(rig.last('olivia')).toContain('Let one person confirm more alone?');
    expect(rig.last('olivia')).toContain('10,000 USD → 0 USD');
    expect(rig.buttons('olivia')).toEqual(['Continue', 'Cancel']);
    await rig.tap('olivia', 'Continue');
    expect(rig.buttons('olivia')).toEqual(['Cancel', 'Apply']);
    expect(limit()).toBe(10_000);
    await rig.tap('olivia', 'Apply');
    expect(limit()).toBe(0);
    await checkAndStop(rig);
  });

  test('loosens it with a set after two questions, and by an undo too', async () => {
    await load('olivia', 20_000);
    await rig.tap('olivia', 'Continue');
    await rig.tap('olivia', 'Apply');
    expect(limit()).toBe(20_000);
    await rig.tap('olivia', '↩️ Undo');
    expect(limit()).toBe(10_000);
    await type('olivia', '3000');
    await rig.tap('olivia', '↩️ Undo');
    expect(limit()).toBe(3_000);
    await rig.tap('olivia', 'Continue');
    await rig.tap('olivia', '↩️ Undo');
    expect(limit()).toBe(10_000);
    await checkAndStop(rig);
  });

  test('who is no owner any more when the last question is answered changes nothing', async () => {
    await rig.people.update((state) => ({
      ...state,
      people: state.people.map((person) =>
        person.id === 1002 ? { ...person, role: 'owner' as const } : person,
      ),
    }));
    await type('otto', '0');
    await rig.tap('otto', 'Continue');
    await rig.people.update((state) => ({
      ...state,
      people: state.people.map((person) =>
        person.id === 1002 ? { ...person, role: 'operator' as const } : person,
      ),
    }));
    await rig.tap('otto', 'Apply');
    expect(rig.last('otto')).toContain('no longer valid');
    expect(limit()).toBe(10_000);
    await checkAndStop(rig);
  });
});
