/**
 * Liquidation plans as the journal tells them. What people are shown to decide, and who is said to
 * have decided it, must be what is on disk. A plan that expires or is withdrawn leaves no record.
 */
import { z } from 'zod';
import { HOUR_MS } from '../../core/time.ts';
import type { EngineDoor } from '../../engine/index.ts';
import type { DurableRecord } from './journal-watch.ts';

const cuts = z.array(z.object({ symbol: z.string(), quantity: z.coerce.number() }));
const proposedSchema = z.object({
  planId: z.string(),
  createdAt: z.number(),
  reductions: cuts,
});
const decidedSchema = z.object({
  planId: z.string(),
  decision: z.enum(['approve', 'reject']),
  by: z.object({ id: z.string() }),
});
const roundSchema = z.object({ planId: z.string() });

type Shown = ReturnType<EngineDoor['plans']>[number];

interface Kept {
  readonly createdAt: number;
  readonly cuts: string;
  decision: 'approve' | 'reject' | null;
  by: string | null;
  hasRun: boolean;
}

/** Decided plans are shown for a day; clocks may have been set meanwhile. */
const SHOWN_MS = 23 * HOUR_MS;
/** So many are shown at most. */
const SHOWN_MAX = 50;

export class PlanFold {
  /** Of the present life: a restart forgets plans and proposes them anew. */
  readonly #plans = new Map<string, Kept>();

  onRecord({ type, body }: DurableRecord): void {
    if (type === 'started') this.#plans.clear();
    if (type === 'plan_proposed') {
      const { planId, createdAt, reductions } = proposedSchema.parse(body);
      const state = { decision: null, by: null, hasRun: false };
      this.#plans.set(planId, { createdAt, cuts: textOf(reductions), ...state });
    } else if (type === 'plan_decided') {
      const { planId, decision, by } = decidedSchema.parse(body);
      Object.assign(this.#plans.get(planId) ?? {}, { decision, by: by.id });
    } else if (type === 'round_started') {
      Object.assign(this.#plans.get(roundSchema.parse(body).planId) ?? {}, { hasRun: true });
    }
  }

  /** The first thing that is shown otherwise than it is on disk; null when there is none. */
  objection(door: EngineDoor): string | null {
    // A rehearsed plan is shown only; nothing of it is kept.
    const shown = door.plans(true).filter(({ state }) => state !== 'rehearsed');
    for (const plan of shown) {
      const kept = this.#plans.get(plan.planId);
      const wrong = kept ? mismatch(plan, kept) : 'is not in the journal';
      if (wrong) return `plan ${plan.planId} (${plan.state}) ${wrong}`;
    }
    const isShown = new Set(shown.map(({ planId }) => planId));
    const now = door.status().at;
    const lost = [...this.#plans]
      .slice(-SHOWN_MAX / 2)
      .find(([planId, { createdAt }]) => now - createdAt < SHOWN_MS && !isShown.has(planId));
    return lost ? `plan ${lost[0]} is in the journal and not shown` : null;
  }
}

function mismatch(shown: Shown, kept: Kept): string | null {
  const { state, decidedBy } = shown;
  if (state === 'pending') {
    const numbers = textOf(
      shown.reductions.map(({ symbol, quantity }) => ({ symbol, quantity: quantity.toNumber() })),
    );
    if (numbers !== kept.cuts) return `cuts "${numbers}", journal says "${kept.cuts}"`;
    if (kept.decision !== null) return `waits, journal says ${kept.decision}`;
  }
  if (state === 'approved' && kept.decision !== 'approve') return `journal says ${kept.decision}`;
  if (state === 'rejected' && kept.decision !== 'reject') return `journal says ${kept.decision}`;
  if ((state === 'running' || state === 'done') && !kept.hasRun) return 'never began on disk';
  const by = decidedBy?.id ?? null;
  return by === kept.by ? null : `decided by ${by}, journal says ${kept.by}`;
}

function textOf(reductions: readonly { symbol: string; quantity: number }[]): string {
  return reductions.map(({ symbol, quantity }) => `${symbol} ${quantity}`).join(', ');
}
