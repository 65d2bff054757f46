/** Whole conversations: chat page's interface → bot → engine → client → simulated exchange. */
import { describe, expect, test } from 'vitest';
import { rig, until } from './rig.ts';

describe('looking', () => {
  test('/positions shows all positions, page by page', async () => {
    const { say, hear, tap } = await rig();
    await say('/positions');
    const first = await hear(/1\/\d/, { withButton: /▶|›|»|Next/ });
    await tap(first, /▶|›|»|Next/);
    await hear(/2\/\d/);
  });

  test('a stranger gets no answer and no button works for them', async () => {
    const { say, messages, hear, tap, writes } = await rig();
    await say('/positions', 'stranger');
    await say('/rebalance');
    const plan = await hear(/./, { withButton: /Run/ });
    await tap(plan, /Run/, 'stranger').catch(() => undefined);
    await say('/status');
    await hear(/./);
    expect((await messages('stranger')).filter(({ from }) => from === 'bot')).toEqual([]);
    expect(await writes()).toEqual([]);
  });
});

/** Nothing moves by itself, so that what is written is what was asked for. */
const byHandOnly = {
  change: (config: Parameters<NonNullable<Parameters<typeof rig>[0]>['change'] & object>[0]) => ({
    ...config,
    balancer: {
      ...config.balancer,
      monitor: { ...config.balancer.monitor, poll_interval_sec: 3_600 },
      emergency: { relative_trigger: 0.01 },
    },
  }),
};

describe('levelling by hand', () => {
  test('/rebalance shows the plan, Run carries it out, a second tap does nothing', async () => {
    const { say, hear, tap, writes, alerts } = await rig(byHandOnly);
    await say('/rebalance');
    const plan = await hear(/→/, { withButton: /Run/ });
    const before = (await writes()).length;
    await Promise.all([tap(plan, /Run/), tap(plan, /Run/)]);
    await until('writes', async () => ((await writes()).length > before ? true : undefined));
    await hear(/✅|done|moved/i);
    const sets = (await writes()).map(({ body }) => JSON.stringify(body));
    expect(new Set(sets).size).toBe(sets.length);
    expect((await alerts()).length).toBeGreaterThan(0);
  });

  test('FR-10: in dry run nothing is written', async () => {
    const { say, hear, tap, writes } = await rig(byHandOnly);
    await say('/dryrun on');
    await hear(/dry run/i);
    const before = (await writes()).length;
    await say('/rebalance');
    const plan = await hear(/→/, { withButton: /Run/ });
    await tap(plan, /Run/);
    await hear(/would/i);
    expect((await writes()).length).toBe(before);
  });
});

describe('a crash', () => {
  test('emergency top-up, liquidation plan, Approve, reductions', async () => {
    const { exchange, hear, tap, writes } = await rig({ speed: 1 });
    await exchange('/sim/shock', { symbol: '*', pct: -6, seconds: 2 });
    await until('an emergency top-up', async () =>
      (await writes()).find(({ path }) => path.includes('collateral/set')),
    );
    await exchange('/sim/shock', { symbol: '*', pct: -6, seconds: 2 });
    const alert = await hear(/./, { withButton: /Approve/ });
    await tap(alert, /Approve/);
    await tap(alert, /Approve/).catch(() => undefined);
    const order = await until('a reduction', async () =>
      (await writes()).find(({ path }) => path.includes('order/submit')),
    );
    expect(order.body).toMatchObject({ type: 'MARKET' });
    const cids = (await writes())
      .filter(({ path }) => path.includes('order/submit'))
      .map(({ body }) => (body as { cid: number }).cid);
    expect(new Set(cids).size).toBe(cids.length);
  });
});
