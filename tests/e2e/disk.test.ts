import { expect, test } from 'vitest';
import { rig } from './rig.ts';

test('with too little room for the journal nothing is done, and chat says why', async () => {
  const made = await rig({
    scenario: 'crash',
    change: (config) => ({ ...config, storage: { ...config.storage, min_free_mb: 1e9 } }),
  });
  await made.say('/status');
  const status = await made.hear(/HALTED/);
  expect(status.text).toContain('The disk of the data folder is nearly full');
  await made.exchange('/sim/shock', { symbol: '*', pct: -15, seconds: 0 });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await made.writes()).toEqual([]);
}, 40_000);
