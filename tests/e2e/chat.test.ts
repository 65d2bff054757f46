/** Whole conversations: chat page's interface → bot → engine → client → simulated exchange. */
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema.ts';
import { type Message, type Rig, rig, until } from './rig.ts';

describe('looking', () => {
  test('/positions shows all positions, page by page', async () => {
    const { say, hear, tap } = await rig();
    await say('/positions');
    const first = await hear(/1–12 of 24/, { withButton: /▶/ });
    await tap(first, /▶/);
    const second = await hear(/13–24 of 24/);
    expect(second.id).toBe(first.id);
  });
});

/** Nothing moves by itself after the start, so that what is written is what was asked for. */
function byHandOnly(config: Config): Config {
  const { monitor } = config.balancer;
  const balancer = {
    ...config.balancer,
    monitor: { ...monitor, poll_interval_sec: 3_600, subscription: 'all' as const },
    emergency: { ...config.balancer.emergency, relative_trigger: 0.01 },
    liquidation: { ...config.balancer.liquidation, enabled: false },
  };
  return { ...config, balancer };
}

/** A levelled account whose longs then fall: the next plan has something to move. */
async function unlevelled(): Promise<Rig> {
  const made = await rig({ change: byHandOnly });
  await made.hear(/positions adjusted/);
  await made.exchange('/sim/shock', { symbol: '*', pct: -3, seconds: 0 });
  return made;
}

async function planOf(made: Rig): Promise<Message> {
  return until('a plan', async () => {
    await made.say('/rebalance');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const newest = (await made.messages()).at(-1);
    return newest?.buttons.flat().some(({ text }) => /Run/.test(text)) ? newest : undefined;
  });
}

describe('levelling by hand', () => {
  test('/rebalance shows the plan, Run carries it out, a second tap does nothing', async () => {
    const made = await unlevelled();
    const plan = await planOf(made);
    expect(plan.text).toMatch(/→/);
    const before = (await made.writes()).length;
    await Promise.all([made.tap(plan, /Run/), made.tap(plan, /Run/)]);
    await until('the report', async () => {
      const same = (await made.messages()).find(({ id }) => id === plan.id);
      return same?.text?.includes('✓') ? same : undefined;
    });
    const sets = (await made.writes()).slice(before).map(({ body }) => JSON.stringify(body));
    expect(sets.length).toBeGreaterThan(0);
    expect(new Set(sets).size).toBe(sets.length);
  });

  test('a stranger gets no answer, and no button works for them', async () => {
    const made = await unlevelled();
    const plan = await planOf(made);
    const before = (await made.writes()).length;
    await made.say('/positions', 'stranger');
    await made.say('/rebalance', 'stranger');
    await made.tap(plan, /Run/, 'stranger').catch(() => undefined);
    await made.say('/status');
    await made.hear(/Account margin rate/);
    expect((await made.messages('stranger')).filter(({ from }) => from === 'bot')).toEqual([]);
    expect((await made.writes()).length).toBe(before);
  });

  test('FR-10: in dry run nothing is written', async () => {
    const made = await unlevelled();
    await made.say('/dryrun on');
    await made.hear(/dry run/i);
    const before = (await made.writes()).length;
    const plan = await planOf(made);
    await made.tap(plan, /Run/);
    await until('the report', async () => {
      const same = (await made.messages()).find(({ id }) => id === plan.id);
      return same?.buttons.length === 0 ? same : undefined;
    });
    expect((await made.writes()).length).toBe(before);
  });
});

/** Prices fall step by step until the whole account is short. */
async function fallUntilPlan(made: Rig): Promise<Message> {
  return until('a liquidation plan', async () => {
    await made.exchange('/sim/shock', { symbol: '*', pct: -1, seconds: 0 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    return (await made.messages()).find(({ buttons }) =>
      buttons.flat().some(({ text }) => /Approve/.test(text)),
    );
  });
}

describe('a crash', () => {
  test('emergency top-up, liquidation plan, Approve, reductions, once', async () => {
    const made = await rig({ scenario: 'crash' });
    await made.hear(/positions adjusted/);
    await made.exchange('/sim/shock', { symbol: '*', pct: -5, seconds: 2 });
    await made.hear(/Emergency top-up/);
    const alert = await fallUntilPlan(made);
    await Promise.all([made.tap(alert, /Approve/), made.tap(alert, /Approve/)]);
    const orders = async () =>
      (await made.writes()).filter(({ path }) => path.includes('order/submit'));
    await until('a reduction', async () => ((await orders()).length > 0 ? true : undefined));
    await until('the end of the round', async () => {
      const same = (await made.messages()).find(({ id }) => id === alert.id);
      return same?.text?.includes('✓') ? same : undefined;
    });
    const bodies = (await orders()).map(({ body }) => body as { symbol: string; flags: number });
    const symbols = bodies.map(({ symbol }) => symbol);
    expect(new Set(symbols).size).toBe(symbols.length);
    for (const { flags } of bodies) expect(flags & 1024).toBe(1024);
  });
});
