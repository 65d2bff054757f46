import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSettings } from '../../src/bot/features/export.ts';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { checkAndStop, type Rig, startRig } from './rig.ts';

const SPIKE = { key: 'thresholds.price_spike_pct', before: 3, after: 5 };
const WEIGHT = { key: 'risk_weights.tBTCF0:USTF0', before: undefined, after: 1.5 };

let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
  rig.door.differences = [SPIKE, WEIGHT];
});

async function sendFile(who: 'otto' | 'vera', name: string, text: string | Uint8Array) {
  rig.core.sendFile(who, name, Buffer.from(text));
  await rig.say(who, '/version');
}

const beforeVersion = (who: 'otto' | 'vera') => rig.texts(who).at(-2) ?? '';

describe('profiles', () => {
  test('are saved, listed, and loaded after showing the differences, with one undo', async () => {
    await rig.say('otto', '/profile');
    expect(rig.last('otto')).toContain('No profiles yet');
    await rig.say('otto', '/profile save Calm');
    expect(rig.last('otto')).toContain('kept as calm');
    await rig.say('otto', '/profile list');
    expect(rig.last('otto')).toContain('calm · Otto');
    await rig.tap('otto', 'Load calm');
    for (const part of ['2 settings would change', 'Price spike: 3 % → 5 %', 'none → 1.5']) {
      expect(rig.last('otto')).toContain(part);
    }
    expect(rig.door.acts).toEqual(['save profile calm by Otto']);
    await rig.tap('otto', 'Apply');
    expect(rig.door.acts.at(-1)).toMatch(/^apply proposal\d+ by Otto$/);
    expect(rig.last('otto')).toContain('Applied');
    expect(rig.buttons('otto')).toEqual(['↩️ Undo']);
    await checkAndStop(rig);
  });

  test('of a known name are replaced only after a question', async () => {
    await rig.say('otto', '/profile save calm');
    await rig.say('otto', '/profile save calm');
    expect(rig.last('otto')).toContain('There is a profile calm already');
    await rig.tap('otto', 'Cancel');
    expect(rig.door.acts).toHaveLength(1);
    await rig.say('otto', '/profile save calm');
    await rig.tap('otto', 'Replace');
    expect(rig.door.acts).toHaveLength(2);
    await checkAndStop(rig);
  });

  test('that do not exist, change nothing, or are refused, are answered in words', async () => {
    await rig.say('otto', '/profile load nowhere');
    expect(rig.last('otto')).toContain('no profile of that name');
    await rig.say('otto', '/profile save calm');
    rig.door.differences = [];
    await rig.say('otto', '/profile load calm');
    expect(rig.last('otto')).toContain('in force already');
    rig.door.differences = null;
    await rig.say('otto', '/profile load calm');
    expect(rig.last('otto')).toContain('Price spike was not changed. a number above 0');
    await rig.say('otto', '/profile save');
    expect(rig.last('otto')).toContain('/profile [list|save|load] [NAME]');
    expect(rig.buttons('otto')).toEqual([]);
    await checkAndStop(rig);
  });

  test.each(['liquidation.dry_run', 'liquidation.require_confirmation'])(
    'that would switch %s off ask twice, on two sides',
    async (key) => {
      rig.door.differences = [{ key, before: true, after: false }];
      await rig.say('otto', '/profile save live');
      await rig.say('otto', '/profile load live');
      expect(rig.buttons('otto')).toEqual(['Continue', 'Cancel']);
      await rig.tap('otto', 'Continue');
      expect(rig.last('otto')).toContain('Really?');
      expect(rig.buttons('otto')).toEqual(['Cancel', 'Apply']);
      expect(rig.door.acts).toHaveLength(1);
      await rig.tap('otto', 'Apply');
      expect(rig.door.acts).toHaveLength(2);
      await checkAndStop(rig);
    },
  );
});

describe('files', () => {
  test('nested without end are unreadable and end nothing', () => {
    for (const text of ['['.repeat(60_000), '- '.repeat(30_000), 'a: &a [*a]']) {
      expect(['unreadable', 'settings']).toContain(readSettings(Buffer.from(text)).kind);
    }
  });

  test('/export sends settings that can be read back as they are', async () => {
    await rig.say('otto', '/export');
    const message = rig.core.messages('otto').at(-1);
    expect(message?.document?.file_name).toBe('ballast-settings-2026-01-05.yaml');
    const file = rig.core.files.get(message?.document?.file_id ?? '');
    const text = Buffer.from(file.bytes).toString('utf8');
    const { balancer } = parse(text) as { balancer: unknown };
    expect(balancerSettingsSchema.parse(balancer)).toEqual(rig.door.settings().effective);
    expect(readSettings(file.bytes)).toMatchObject({ kind: 'settings', settings: balancer });
    await checkAndStop(rig);
  });

  test('a file sent back shows its differences before anything changes', async () => {
    let seen: unknown;
    const propose = rig.door.proposeSettings;
    rig.door.proposeSettings = (settings) => {
      seen = settings;
      return propose(settings);
    };
    await sendFile('otto', 'mine.yaml', 'balancer:\n  thresholds:\n    price_spike_pct: 5\n');
    expect(seen).toEqual({ thresholds: { price_spike_pct: 5 } });
    expect(beforeVersion('otto')).toContain('mine.yaml');
    expect(beforeVersion('otto')).toContain('Price spike: 3 % → 5 %');
    await rig.tap('otto', 'Apply');
    expect(rig.door.acts).toEqual(['apply proposal1 by Otto']);
    await checkAndStop(rig);
  });

  test.each([
    ['picture.png', 'x', 'only take settings as a .yaml file'],
    ['big.yaml', `# ${'x'.repeat(70_000)}`, 'at most 64 kB'],
    ['list.yaml', '- 1\n- 2\n', 'not readable as settings'],
    ['broken.yaml', 'a: [1, 2\nb: }', 'not readable as settings'],
    ['binary.yaml', Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]), 'not readable as settings'],
    ['bomb.yaml', bomb(), 'not readable as settings'],
  ])('%s is refused in words', async (name, text, words) => {
    await sendFile('otto', name, text);
    expect(beforeVersion('otto')).toContain(words);
    expect(rig.door.acts).toEqual([]);
    await checkAndStop(rig);
  });

  test('from a viewer are not even fetched', async () => {
    await sendFile('vera', 'mine.yaml', 'monitor: {}');
    expect(beforeVersion('vera')).toContain('for the role “operator”');
    expect(rig.core.calls().some(({ method }) => method === 'getFile')).toBe(false);
    await checkAndStop(rig);
  });

  test('a download that fails is said, without the token in any log', async () => {
    rig.core.faults.push({ method: 'getFile', kind: 'error', code: 400, description: 'no' });
    await sendFile('otto', 'mine.yaml', 'monitor: {}');
    expect(beforeVersion('otto')).toContain('Something went wrong');
    await checkAndStop(rig, [400]);
  });
});

test('an undo of several is shown line by line', async () => {
  await rig.say('otto', '/profile save calm');
  await rig.say('otto', '/profile load calm');
  await rig.tap('otto', 'Apply');
  rig.door.undoSetting = async () => ({
    kind: 'changed_many',
    differences: [{ ...SPIKE, before: 5, after: 3 }],
    changeId: 'undo1',
  });
  await rig.tap('otto', '↩️ Undo');
  expect(rig.last('otto')).toContain('Undone');
  expect(rig.last('otto')).toContain('Price spike: 5 % → 3 %');
  expect(rig.last('otto')).toContain('Otto · 12:00:00 UTC');
  await checkAndStop(rig);
});

function bomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg']) {
    lines.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
  }
  return lines.join('\n');
}
