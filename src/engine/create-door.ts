/** The public door, built on the engine's parts. */
import type { Actor } from '../core/actor.ts';
import { assert } from '../core/errors.ts';
import { DAY_MS } from '../core/time.ts';
import { sampleOf } from './account-samples.ts';
import type { EngineDeps } from './deps.ts';
import type { EngineDoor } from './door.ts';
import type { Parts } from './parts.ts';
import { RECORD } from './records.ts';
import type { Recovered } from './recovery.ts';
import { statisticsFrom } from './statistics.ts';
import { statusView } from './status-view.ts';
import { createTicketDesk } from './ticket-desk.ts';
import { balanceView, positionViews } from './views.ts';
import { healthView, whatIfAnswer, whyAnswer } from './views-on-request.ts';

const DECIDED_PLANS_MAX = 50;
const PAUSE_MAX_MS = 30 * DAY_MS;
const SAMPLES_MAX = 2_000;

type Looks = Omit<EngineDoor, keyof Acts>;
type Acts = Pick<
  EngineDoor,
  | 'tickets'
  | 'previewRebalance'
  | 'runRebalance'
  | 'previewAct'
  | 'runAct'
  | 'pause'
  | 'resume'
  | 'clearHalt'
  | 'decidePlan'
  | 'setDryRun'
  | 'changeSetting'
  | 'undoSetting'
  | 'previewUndo'
  | 'proposeSettings'
  | 'applySettings'
  | 'proposeProfile'
  | 'saveProfile'
  | 'audit'
>;

export function createDoor(deps: EngineDeps, recovered: Recovered, parts: Parts): EngineDoor {
  return { ...looksOf(deps, parts), ...actsOf(deps, recovered, parts) };
}

function looksOf(deps: EngineDeps, parts: Parts): Looks {
  const { clock, history } = deps;
  const { ledger, fences, settings, desk, liquidator, statistics, profiles } = parts;
  const startedAt = clock.now();
  return {
    status: () => statusView(deps, parts, startedAt),
    positions: () => positionViews(ledger, fences, settings(), clock.monotonicMs()),
    balance: () => balanceView(ledger, settings()),
    why: (symbol) => whyAnswer(ledger, settings(), symbol),
    whatIf: (shift) => whatIfAnswer(ledger, settings(), shift),
    health: () => healthView(deps, parts, startedAt),
    plans: (all = false) => {
      const plans = liquidator.plans();
      return all ? plans.slice(0, DECIDED_PLANS_MAX) : plans.filter((p) => p.state === 'pending');
    },
    settings: () => desk.view(),
    profiles: () => profiles.list(),
    dailyStatistics: () => statistics.view(),
    statisticsOf: async (utcDay) => {
      const today = statistics.view();
      if (today.utcDay === utcDay) return today;
      const records = await history.latest('days', 400);
      return (
        records.map(({ body }) => statisticsFrom(body)).find((d) => d?.utcDay === utcDay) ?? null
      );
    },
    history: (kind, limit) => history.latest(kind, limit),
    historyOf: (kind, utcDay) => history.day(kind, utcDay),
    samples: async (fromMs, toMs, max) => {
      const most = Math.min(max, SAMPLES_MAX);
      const records = await history.sampled('snapshots', fromMs, toMs, most);
      return records.flatMap((record) => sampleOf(record) ?? []);
    },
  };
}

function actsOf(deps: EngineDeps, recovered: Recovered, parts: Parts): Acts {
  const { clock, journal, random } = deps;
  const { desk, rebalancer, liquidator, acts, pauses, halts, profiles, recorder } = parts;

  async function setDryRun(on: boolean, by: Actor): Promise<'changed' | 'pinned'> {
    if (parts.posture.pinnedDryRun && !on) return 'pinned';
    await desk.change('liquidation.dry_run', on, by);
    return 'changed';
  }

  return {
    tickets: createTicketDesk({ table: recovered.tickets, journal, clock, random }),
    previewRebalance: () => rebalancer.preview(),
    runRebalance: (id, by, trigger = 'manual') => rebalancer.run(id, by, trigger),
    previewAct: (request) => acts.preview(request),
    runAct: (previewId, by) => acts.run(previewId, by),
    pause: async (untilMs, by) => {
      const now = clock.now();
      const isSound = untilMs === null || (untilMs > now && untilMs <= now + PAUSE_MAX_MS);
      assert(isSound, 'the end of a pause within the next 30 days');
      await pauses.pause(untilMs, by);
    },
    resume: (by) => pauses.resume(by),
    clearHalt: (by) => halts.clear(by),
    decidePlan: (planId, decision, by) => liquidator.decide(planId, decision, by),
    setDryRun,
    changeSetting: (key, value, by) => desk.change(key, value, by),
    undoSetting: (changeId, by) => desk.undo(changeId, by),
    previewUndo: (changeId) => desk.previewUndo(changeId),
    proposeSettings: (settings) => profiles.propose(settings),
    applySettings: (proposalId, by) => profiles.apply(proposalId, by),
    proposeProfile: (name) => profiles.proposeProfile(name),
    saveProfile: (name, by) => profiles.save(name, by),
    audit: async (by, act, detail) => {
      await journal.append({ type: RECORD.audit, body: { by, act, detail } });
      await recorder.audit(by, act, detail);
    },
  };
}
