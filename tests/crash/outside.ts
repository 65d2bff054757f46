/** The world around the service as the test sees it: the exchange's books and its request log. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { getJson, postJson } from './http.ts';

const addresses = z.object({ url: z.string(), wsUrl: z.string(), chatUrl: z.string() });

const positionSchema = z.object({
  id: z.number(),
  symbol: z.string(),
  amount: z.number(),
  markPrice: z.number(),
  collateral: z.number(),
});
const stateSchema = z.object({
  positions: z.array(positionSchema),
  wallet: z.object({ available: z.number() }),
  moneyOutOfPlace: z.number(),
});
export type ExchangeState = z.infer<typeof stateSchema>;

const entrySchema = z.object({
  seq: z.number(),
  ms: z.number(),
  path: z.string(),
  body: z.unknown(),
  outcome: z.string(),
});
export type LoggedWrite = z.infer<typeof entrySchema>;

const WRITES = '/auth/w/';
/** A start begins by asking what the key may do, and ends with the marks of what is held. */
const FIRST_READ = '/auth/r/permissions';
const LAST_READ = '/status/deriv';
const WRITE_LATENCY_MS = 120;

export interface Outside extends z.infer<typeof addresses> {
  state(): Promise<ExchangeState>;
  /** Writes after the given number of the exchange's log, up to the first still in its hands. */
  writesSince(seq: number): Promise<LoggedWrite[]>;
  /** What a start's first to last read took, of the latest start after the given number. */
  startReads(seq: number): Promise<{ readonly seq: number; readonly ms: number } | null>;
  shock(symbol: string, pct: number, seconds: number): Promise<void>;
  /** One request that writes is answered wrongly, or not at all. */
  faultOnce(kind: string): Promise<void>;
  /** From here on every request is answered as it should be, at once. */
  calm(): Promise<void>;
  /** Puts another book in the place of what is left of the present one. */
  refill(positions: readonly { symbol: string; amount: number }[], freeUsd: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startOutside(seed: number, positions: number, speed = 60): Promise<Outside> {
  const script = 'tests/crash/outside-process.ts';
  const args = ['--import', 'tsx', script, String(seed), String(positions), String(speed)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const at = addresses.parse(JSON.parse(line));
  // So that writes are under way most of the time: also when the process is killed.
  const log = async (since: number, path: string) => {
    const query = `since=${since}&path=${encodeURIComponent(path)}`;
    return z.array(entrySchema).parse(await getJson(`${at.url}/sim/log?${query}`));
  };
  const slow = { kind: 'latency', ms: WRITE_LATENCY_MS, seconds: 86_400, path: WRITES };
  await postJson(`${at.url}/sim/fault`, slow);
  return {
    ...at,
    state: async () => stateSchema.parse(await getJson(`${at.url}/sim/state`)),
    async writesSince(seq) {
      const all = await log(seq, WRITES);
      const pending = all.findIndex(({ outcome }) => outcome === 'pending');
      return pending < 0 ? all : all.slice(0, pending);
    },
    async startReads(seq) {
      const first = (await log(seq, FIRST_READ)).at(-1);
      const [last] = first ? await log(first.seq, LAST_READ) : [];
      return first && last ? { seq: last.seq, ms: last.ms - first.ms } : null;
    },
    async shock(symbol, pct, seconds) {
      // Refused when too many are under way already: then there is movement enough.
      await postJson(`${at.url}/sim/shock`, { symbol, pct, seconds }).catch(() => undefined);
    },
    async faultOnce(kind) {
      await postJson(`${at.url}/sim/fault`, { kind, count: 1, path: WRITES });
    },
    async calm() {
      await postJson(`${at.url}/sim/fault`, { kind: 'none' });
    },
    async refill(book, available) {
      const entries = book.map(({ symbol, amount }) => ({ symbol, amount, leverage: 9 }));
      await postJson(`${at.url}/sim/positions`, { positions: entries, available });
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
