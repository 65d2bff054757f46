/** Rolls as people meet them: proposed in chat with their cost, carried out over the protocol. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Config } from '../../src/config/schema.ts';
import { type Message, type Rig, rig, until } from './rig.ts';

const stateSchema = z.object({
  positions: z.array(z.object({ symbol: z.string(), amount: z.number() })),
  marks: z.record(z.string(), z.number()),
});
const orderSchema = z.object({
  symbol: z.string(),
  amount: z.string(),
  flags: z.number(),
  lev: z.number(),
});

const BTC = 'tBTCF0:USTF0';
const ETH = 'tETHF0:USTF0';

/** Quarters are rolled as soon as there is a winner; nothing else moves by itself. */
function rolling(dryRun: boolean): (config: Config) => Config {
  return (config) => ({
    ...config,
    balancer: {
      ...config.balancer,
      monitor: { ...config.balancer.monitor, poll_interval_sec: 5, subscription: 'all' as const },
      emergency: { relative_trigger: 0.01 },
      thresholds: { ...config.balancer.thresholds, min_deviation_pct: 100 },
      harvest: { ...config.balancer.harvest, mode: 'roll' as const, below_distance_pct: 30 },
      liquidation: {
        ...config.balancer.liquidation,
        dry_run: dryRun,
        safety_margin_multiplier: 1,
        cooldown_seconds: 600,
      },
    },
  });
}

async function stateOf(made: Rig) {
  return stateSchema.parse(await made.exchange('/sim/state'));
}

async function heldOf(made: Rig, symbol: string): Promise<number> {
  const { positions } = await stateOf(made);
  return positions.find((position) => position.symbol === symbol)?.amount ?? 0;
}

/** A winner with locked profit, a position that has little, and no free balance. */
async function locked(dryRun = false): Promise<Rig> {
  const made = await rig({ change: rolling(dryRun), positions: 2 });
  const { marks } = await stateOf(made);
  const [btc = 0, eth = 0] = [marks[BTC], marks[ETH]];
  await made.exchange('/sim/positions', {
    positions: [
      { symbol: BTC, amount: 1, entryPrice: btc / 1.2, collateral: btc * 0.06 },
      { symbol: ETH, amount: 20, entryPrice: eth, collateral: eth * 20 * 0.07 },
    ],
    available: 0,
  });
  return made;
}

async function ordersOf(made: Rig) {
  const sent = (await made.writes()).filter(({ path }) => path.includes('order/submit'));
  return sent.map(({ body }) => orderSchema.parse(body));
}

const proposal = (made: Rig): Promise<Message> => made.hear(/roll 1 position/, WITH_APPROVE);
const WITH_APPROVE = { withButton: /Approve/ };

/** The plan's own message, edited when its round has ended. */
async function ended(made: Rig, { id }: Message): Promise<string> {
  return until('the end of the round', async () => {
    const text = (await made.messages()).find((message) => message.id === id)?.text ?? '';
    return /✅|⚠️/.test(text) && /closed 0\.25|Dry run/.test(text) ? text : undefined;
  });
}

describe('a roll in chat', () => {
  test('names its cost, waits for Approve, closes and opens the same again', async () => {
    const made = await locked();
    const plan = await proposal(made);
    expect(plan.text).toMatch(/Roll BTC: closed and opened again at once in the same size/);
    expect(plan.text).toMatch(/Fees and slippage of both orders: about [\d.,]+ USD/);
    expect(plan.text).toMatch(/stays closed: a reduction/);
    expect(await ordersOf(made)).toEqual([]);
    await Promise.all([made.tap(plan, /Approve/), made.tap(plan, /Approve/)]);
    const text = await ended(made, plan);
    expect(text).toMatch(/BTC: closed 0\.25 of 0\.25/);
    expect(text).toMatch(/BTC: opened again 0\.25 of 0\.25/);
    expect(text).not.toMatch(/reduction/);
    expect(await heldOf(made, BTC)).toBe(1);
    const orders = await ordersOf(made);
    expect(orders.map(({ amount, flags }) => [amount, flags])).toEqual([
      ['-0.25', 1024],
      ['0.25', 0],
    ]);
    const [first, second] = orders;
    expect(second?.lev).toBeLessThanOrEqual(first?.lev ?? 0);
  });

  test('says that it became a reduction when the second order is refused', async () => {
    const made = await locked();
    const plan = await proposal(made);
    // Time to set the trap: the fill is seen late.
    await made.exchange('/sim/fault', { kind: 'latency', path: '/r/orders/', ms: 1_500 });
    await made.tap(plan, /Approve/);
    await until('the first order', async () => (await ordersOf(made))[0]);
    await made.exchange('/sim/fault', { kind: 'order_refused', count: 1 });
    const text = await ended(made, plan);
    expect(text).toMatch(/Rolled 0 of 1, the rest became reductions/);
    expect(text).toMatch(/BTC: became a reduction, not opened again – .*not enough/s);
    expect(await heldOf(made, BTC)).toBe(0.75);
    expect(await ordersOf(made)).toHaveLength(2);
  });

  test('goes on when the lost reply of the first order proves to be a fill', async () => {
    const made = await locked();
    const plan = await proposal(made);
    await made.exchange('/sim/fault', { kind: 'error_500_after', path: 'order/submit', count: 1 });
    await made.tap(plan, /Approve/);
    expect(await ended(made, plan)).toMatch(/BTC: opened again 0\.25 of 0\.25/);
    expect(await ordersOf(made)).toHaveLength(2);
    expect(await heldOf(made, BTC)).toBe(1);
  });

  test('opens no more than was filled', async () => {
    const made = await locked();
    const plan = await proposal(made);
    await made.exchange('/sim/fault', { kind: 'partial_fill', count: 1 });
    await made.tap(plan, /Approve/);
    await until('two orders', async () => ((await ordersOf(made)).length === 2 ? true : undefined));
    expect((await ordersOf(made)).map(({ amount }) => amount)).toEqual(['-0.25', '0.125']);
    await until('the same size', async () => ((await heldOf(made, BTC)) === 1 ? true : undefined));
  });

  test('is only described in dry run', async () => {
    const made = await locked(true);
    const told = await made.hear(/roll 1 position/);
    expect(told.text).toMatch(/Nothing is sent in dry run/);
    expect(told.text).toMatch(/Fees and slippage of both orders/);
    expect(told.buttons.flat().filter(({ text }) => /Approve/.test(text))).toEqual([]);
    expect(await ordersOf(made)).toEqual([]);
  });
});
