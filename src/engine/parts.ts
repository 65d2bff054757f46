/** Builds the engine's parts in four layers; each knows only the ones before it. */
import { SYSTEM_ACTOR } from '../core/actor.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import { AccountReader } from './account-reader.ts';
import { ActDesk } from './act-desk.ts';
import { type Coalesced, coalesced } from './coalesced.ts';
import { Cycle } from './cycle.ts';
import type { EngineDeps } from './deps.ts';
import { DiskGuard } from './disk-guard.ts';
import { Drifts } from './drifts.ts';
import { EmergencyGuard } from './emergency-guard.ts';
import { Executor } from './executor.ts';
import { FeedHandler } from './feed-handler.ts';
import { Fences } from './fences.ts';
import { FourEyes } from './four-eyes.ts';
import { Freshness } from './freshness.ts';
import { HaltDesk } from './halt-desk.ts';
import { createCidSource } from './ids.ts';
import { Ledger } from './ledger.ts';
import { Liquidator } from './liquidator.ts';
import { Mover } from './mover.ts';
import { OutcomeKeeper } from './outcome-keeper.ts';
import { PauseDesk } from './pause-desk.ts';
import { PostureKeeper } from './posture-keeper.ts';
import { ProfileDesk } from './profile-desk.ts';
import { RateMeter } from './rate-meter.ts';
import { Rebalancer } from './rebalancer.ts';
import { Recorder } from './recorder.ts';
import type { Recovered } from './recovery.ts';
import { Reducer } from './reducer.ts';
import { Reopener } from './reopener.ts';
import { Sentinel } from './sentinel.ts';
import { SettingsDesk } from './settings-desk.ts';
import { SpikeWatch } from './spike-watch.ts';
import { Statistics } from './statistics.ts';
import { Watchers } from './watchers.ts';
import { WeightsKeeper } from './weights-keeper.ts';
import { WriteBudget } from './write-budget.ts';

/** What is known: settings, posture, the local picture of the account. */
function buildState(deps: EngineDeps, recovered: Recovered, onSettings: () => void) {
  const { clock, notifier, log, journal, history, random } = deps;
  const fences = new Fences();
  const statistics = new Statistics(deps.dayDocument);
  const recorder = new Recorder({ history, statistics, clock, log });
  const desk: SettingsDesk = new SettingsDesk({
    file: deps.settings,
    overrides: recovered.overrides,
    journal,
    clock,
    random,
    onChange: (change) => {
      ledger.setSettings(change.settings);
      const { key, by } = change;
      const from = JSON.stringify(change.before) ?? '';
      const to = JSON.stringify(change.after) ?? '';
      notifier.notify({ type: 'settings_changed', at: clock.now(), key, from, to, by });
      void recorder.setting({ key, from, to, by });
      onSettings();
    },
  });
  const ledger = new Ledger(desk.effective);
  const settings = (): BalancerSettings => desk.effective;
  const { pause, halts: halted } = recovered;
  const { pinnedDryRun } = deps;
  const posture = new PostureKeeper({ fences, pinnedDryRun, pause, halts: halted });
  const halts = new HaltDesk({ posture, journal, clock, notifier, log });
  const diskGuard = new DiskGuard(deps.disk, halts);
  const sentinel = new Sentinel({ ledger, venue: deps.venue, halts, clock });
  const drifts = new Drifts({
    ledger,
    clock,
    notifier,
    onContested: (symbol) => sentinel.contested(symbol),
    onLiquidated: (lost) => {
      watchers.positionLost();
      recorder.lost(lost);
    },
  });
  const profiles = new ProfileDesk({ desk, profiles: recovered.profiles, journal, clock, random });
  const fourEyes = new FourEyes(settings);
  const freshness = new Freshness(ledger, clock, settings);
  const spikes = new SpikeWatch();
  const watchers = new Watchers(notifier, clock);
  const state = { fences, statistics, recorder, desk, ledger, settings, posture, freshness };
  const watches = { spikes, watchers, halts, diskGuard, sentinel };
  return { ...state, ...watches, drifts, profiles, fourEyes };
}

type State = ReturnType<typeof buildState>;

/** What reads and writes the venue. */
function buildHands(deps: EngineDeps, recovered: Recovered, state: State) {
  const { venue, clock, notifier, log, journal } = deps;
  const { ledger, fences, posture, settings, freshness } = state;
  const reader = new AccountReader({
    venue,
    ledger,
    fences,
    clock,
    drifts: state.drifts,
    spikes: state.spikes,
  });
  const writes = new RateMeter(clock);
  const outcomes = new OutcomeKeeper({
    venue,
    journal,
    ledger,
    fences,
    clock,
    notifier,
    log,
    reread: () => reader.refresh(),
  });
  const common = { venue, ledger, posture, settings, clock, log };
  const executor = new Executor({
    ...common,
    journal,
    fences,
    writes,
    nextCid: createCidSource(clock, recovered.cidMax),
    resolve: (intent, reservedUsd) => outcomes.ask(intent, reservedUsd),
  });
  const mover = new Mover({ ...common, executor, freshness, budget: new WriteBudget(clock) });
  const reopener = new Reopener({
    ...common,
    executor,
    journal,
    onReopening: (symbol) => state.drifts.expectGrowth(symbol),
  });
  const reducer = new Reducer({
    ...common,
    reopener,
    executor,
    fences,
    onReducing: (symbol) => state.drifts.expect(symbol),
  });
  return { reader, outcomes, executor, mover, reducer, writes };
}

type Hands = ReturnType<typeof buildHands>;

/** Background work that flows may ask for; it runs when it can. */
interface Asks {
  /** Read account and marks again. */
  readonly reread: () => void;
  /** Look whether the account as a whole is short. */
  readonly look: () => void;
  /** Run the scheduled check now. */
  readonly cycle: () => void;
}

/** What decides and acts: rescue, levelling, reduction, and the weights behind them. */
function buildFlows(deps: EngineDeps, recovered: Recovered, state: State, hands: Hands, ask: Asks) {
  const { venue, clock, notifier, log, journal, random } = deps;
  const { ledger, fences, posture, settings, freshness, recorder, spikes } = state;
  const common = { ledger, fences, posture, settings, freshness, clock, notifier, random, log };
  const guard: EmergencyGuard = new EmergencyGuard({
    ...common,
    venue,
    mover: hands.mover,
    onRescue: ({ plan, moved, isSent, isRehearsal, isTold }) => {
      if (isSent || isTold) recorder.movesLater('emergency', SYSTEM_ACTOR, isRehearsal, moved);
      // The rescued position must be free for the next rescue at once: nothing is awaited here.
      if (isSent) ask.reread();
      if (plan.missingUsd.gt(0)) ask.look();
    },
  });
  const rebalancer = new Rebalancer({
    ...common,
    mover: hands.mover,
    guard,
    refresh: () => hands.reader.refresh(),
    onMoved: (trigger, by, moved) =>
      recorder.moves(trigger, by, posture.isDryRun(settings()), moved),
  });
  const liquidator = new Liquidator({
    ...common,
    reducer: hands.reducer,
    journal,
    fourEyes: state.fourEyes,
    lastRoundAt: recovered.lastRoundAt,
    onRound: async (plan) => {
      await recorder.round(plan);
      await hands.reader.refresh();
    },
  });
  const acts = new ActDesk({
    ...common,
    ...hands,
    journal,
    fourEyes: state.fourEyes,
    refresh: () => hands.reader.refresh(),
    onMoved: (by, moved) => recorder.moves('manual', by, posture.isDryRun(settings()), moved),
    onReduced: (plan) => recorder.cuts(plan),
  });
  const pauses = new PauseDesk({ posture, journal, clock, notifier, log, onResumed: ask.cycle });
  const isViolent = () => spikes.isViolent(clock.monotonicMs(), MINUTE_MS);
  const weights = new WeightsKeeper({
    venue,
    ledger,
    settings,
    clock,
    notifier,
    log,
    journal,
    recovered,
    isViolent,
    onReady: ask.cycle,
  });
  return { guard, rebalancer, liquidator, weights, acts, pauses };
}

export type Parts = State &
  Hands &
  ReturnType<typeof buildFlows> & {
    readonly cycle: Cycle;
    readonly feedHandler: FeedHandler;
    /** One run of the cycle now, in the background. */
    readonly cycleNow: Coalesced;
  };

/** `onSettings` is called after every change of a setting. */
export function buildParts(deps: EngineDeps, recovered: Recovered, onSettings: () => void): Parts {
  const state = buildState(deps, recovered, onSettings);
  const hands = buildHands(deps, recovered, state);
  const flows = buildFlows(deps, recovered, state, hands, {
    reread: () => rereading.request(),
    look: () => looking.request(),
    cycle: () => cycleNow.request(),
  });
  const all = { ...deps, ...state, ...hands, ...flows };
  const cycle = new Cycle(all);
  const cycleNow: Coalesced = coalesced(() => cycle.run(), deps.log, 'cycle');
  const spacing = {
    delayMs: REREAD_DELAY_MS,
    ms: REREAD_SPACING_MS,
    clock: deps.clock,
  };
  const reread = () => readAndCheck(cycle, flows.guard);
  const rereading: Coalesced = coalesced(reread, deps.log, 'reading again', spacing);
  const look = () => flows.liquidator.evaluate();
  const looking: Coalesced = coalesced(look, deps.log, 'looking at the account');
  const feedHandler = new FeedHandler({
    ...all,
    onReadNeeded: rereading.request,
    onMarksMoved: () => {
      cycle.watchAccount();
      looking.request();
    },
    onPositionsChanged: () => cycle.chooseStreams(),
  });
  return { ...state, ...hands, ...flows, cycle, cycleNow, feedHandler };
}

/** Keeps reads that events ask for far below the venue's limits, however violent the market. */
const REREAD_SPACING_MS = 3_000;
/** A read must not take the line just before the rescue that the same event asks for. */
const REREAD_DELAY_MS = 300;

async function readAndCheck(cycle: Cycle, guard: EmergencyGuard): Promise<void> {
  if (!(await cycle.read())) return;
  guard.checkAll();
  cycle.chooseStreams();
}
