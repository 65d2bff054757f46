/** A journal as a busy year leaves it: writes with their outcomes, and what people did in chat. */
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { openStorage } from '../../src/storage/index.ts';

/** Appended together, so that they share a sync. */
const BATCH = 5_000;
const DAY_MS = 86_400_000;
const OWNER = { id: '1001', name: 'Olivia' };

export async function writeLargeJournal(folder: string, records: number): Promise<void> {
  const storage = await openStorage(folder, {
    clock: systemClock,
    log: silentLogger,
    onFatal: (error) => {
      throw error;
    },
  });
  try {
    for (let from = 0; from < records; from += BATCH) {
      const count = Math.min(BATCH, records - from);
      const entries = Array.from({ length: count }, (_, i) => entryOf(from + i));
      await Promise.all(entries.map((entry) => storage.journal.append(entry)));
    }
  } finally {
    await storage.close();
  }
}

/** Six of ten records are intents and outcomes, three are permissions, one is a setting. */
function entryOf(i: number): { type: string; body: unknown } {
  const group = Math.floor(i / 10);
  const at = systemClock.now() - DAY_MS + group;
  const step = i % 10;
  if (step < 6) return step % 2 === 0 ? intentOf(group, step, at) : outcomeOf(group, step - 1);
  const nonce = `n${group}`;
  if (step === 6) {
    const who = { userId: 1001, chatId: 1001, expiresAt: at + 60_000 };
    return {
      type: 'ticket_issued',
      body: { nonce, action: 'run_rebalance', subject: 's', ...who },
    };
  }
  if (step === 7) return { type: 'ticket_bound', body: { nonces: [nonce], messageId: group + 1 } };
  if (step === 8) return { type: 'ticket_spent', body: { nonce, by: 1001 } };
  const change = { key: 'allocation.reserve_usdt', before: 0, after: group % 100, overrides: true };
  return { type: 'settings', body: { changeId: `c${group}`, changes: [change], by: OWNER } };
}

function cidOf(group: number, step: number): number {
  return 1_700_000_000_000 + group * 10 + step;
}

function intentOf(group: number, step: number, createdAt: number) {
  const cid = cidOf(group, step);
  const action = {
    kind: 'set_collateral',
    symbol: `tSIM${(group + step) % 24}F0:USTF0`,
    positionId: String(185_700_000 + (group % 24)),
    fromUsd: '4097.45',
    toUsd: '3595.89',
    trigger: 'scheduled',
  };
  return { type: 'intent', body: { id: String(cid), cid, createdAt, action } };
}

function outcomeOf(group: number, step: number) {
  const id = String(cidOf(group, step));
  return { type: 'outcome', body: { id, outcome: { kind: 'confirmed', detail: 'accepted' } } };
}
