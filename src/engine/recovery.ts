/**
 * Rebuilds from the journal what the engine must not forget. Normal start and crash are one path.
 */
import type { WriteAction } from '../core/action.ts';
import { BallastError } from '../core/errors.ts';
import type { HaltCode } from '../core/halt-code.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { Journal, JournalRecord } from '../ports/journal.ts';
import { TicketTable } from '../risk/index.ts';
import type { PauseView, SettingOverride } from './door.ts';
import type { Profile } from './profile-desk.ts';
import {
  haltRecord,
  intentKey,
  intentRecord,
  outcomeRecord,
  pausedRecord,
  profileRecord,
  RECORD,
  rollEndedRecord,
  rollStartedRecord,
  settingsRecord,
  ticketBoundRecord,
  ticketRecord,
  ticketSpentRecord,
  weightsRecord,
} from './records.ts';

/** An intent whose end is not in the journal: it may or may not have reached the venue. */
export interface OpenIntent {
  readonly id: string;
  readonly cid: number;
  readonly createdAt: number;
  readonly action: WriteAction;
  readonly seq: number;
}

export interface MeasuredWeights {
  readonly at: number;
  readonly bySymbol: ReadonlyMap<PerpSymbol, number>;
}

/** A roll that the last run began and did not see the end of. */
export interface OpenRoll {
  readonly rollId: string;
  readonly symbol: PerpSymbol;
}

export interface Recovered {
  readonly records: number;
  readonly openRolls: readonly OpenRoll[];
  readonly openIntents: readonly OpenIntent[];
  readonly overrides: ReadonlyMap<string, SettingOverride>;
  readonly tickets: TicketTable;
  /** When the last round of reductions ended, or began if it never ended; null for never. */
  readonly lastRoundAt: number | null;
  readonly cidMax: number;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly pause: PauseView | null;
  readonly halts: ReadonlySet<HaltCode>;
  readonly weights: MeasuredWeights | null;
  /** When the last record was written; null for a first run. */
  readonly lastAt: number | null;
}

/** More writes than a minute admits are not asked about. */
const BEGUN_MAX = 200;

interface Mutable {
  records: number;
  /** Records of intents by their id; what has ended need not be read further. */
  open: Map<string, JournalRecord>;
  rolls: Map<string, OpenRoll>;
  overrides: Map<string, SettingOverride>;
  readonly tickets: TicketTable;
  lastRoundAt: number | null;
  cidMax: number;
  profiles: Map<string, Profile>;
  pause: PauseView | null;
  halts: Set<HaltCode>;
  weights: MeasuredWeights | null;
  lastAt: number | null;
  /** When the latest writes were begun, those left out that were denied on our side. */
  readonly begunAt: Map<string, number>;
}

/** Folds records as they are read, so that the journal is gone through once. */
export class Recovery {
  readonly #state: Mutable = {
    records: 0,
    open: new Map(),
    rolls: new Map(),
    overrides: new Map(),
    tickets: new TicketTable(),
    lastRoundAt: null,
    cidMax: 0,
    profiles: new Map(),
    pause: null,
    halts: new Set(),
    weights: null,
    lastAt: null,
    begunAt: new Map(),
  };
  #failure: BallastError | null = null;

  /** What fails here is told by `end`: damage that is found behind it comes first. */
  take(records: readonly JournalRecord[]): void {
    const state = this.#state;
    for (const record of records) {
      if (this.#failure) return;
      state.records += 1;
      state.lastAt = record.at;
      try {
        apply(state, record);
      } catch (error) {
        this.#failure = formless(record, error);
      }
    }
  }

  /** How many writes an earlier run began in the minute before `now`; null when it ended before. */
  writesOfLastMinute(now: number): number | null {
    const { lastAt, begunAt } = this.#state;
    const isRecent = (at: number) => now - at <= MINUTE_MS;
    if (lastAt === null || !isRecent(lastAt)) return null;
    return [...begunAt.values()].filter(isRecent).length;
  }

  /** @throws BallastError naming the record when one does not have its expected form. */
  end(): Recovered {
    if (this.#failure) throw this.#failure;
    const { open, rolls, begunAt: _, ...rest } = this.#state;
    const openIntents = [...open.values()].map(openIntent);
    return { ...rest, openIntents, openRolls: [...rolls.values()] };
  }
}

/** Reads back a journal that is open already. @throws as `Recovery.end` */
export async function recover(journal: Journal): Promise<Recovered> {
  const recovery = new Recovery();
  for await (const records of journal.replay()) recovery.take(records);
  return recovery.end();
}

/** Keeps as many as matter; the first one in is the oldest. */
function begun(begunAt: Map<string, number>, id: string, at: number): void {
  begunAt.set(id, at);
  const [oldest] = begunAt.keys();
  if (begunAt.size > BEGUN_MAX && oldest !== undefined) begunAt.delete(oldest);
}

function openIntent(record: JournalRecord): OpenIntent {
  try {
    return { ...intentRecord.parse(record.body), seq: record.seq };
  } catch (error) {
    throw formless(record, error);
  }
}

function formless({ seq, type }: JournalRecord, cause: unknown): BallastError {
  const message = `journal record ${seq} (${type}) does not have its expected form`;
  return new BallastError(message, { cause });
}

function apply(state: Mutable, record: JournalRecord): void {
  switch (record.type) {
    case RECORD.intent: {
      const { id, cid } = intentKey.parse(record.body);
      state.open.set(id, record);
      begun(state.begunAt, id, record.at);
      state.cidMax = Math.max(state.cidMax, cid);
      return;
    }
    case RECORD.outcome: {
      const { id, outcome } = outcomeRecord.parse(record.body);
      if (outcome.kind === 'denied') state.begunAt.delete(id);
      if (outcome.kind !== 'unknown') state.open.delete(id);
      return;
    }
    case RECORD.settings:
      applySettings(state, record);
      return;
    case RECORD.profile: {
      const profile = profileRecord.parse(record.body);
      state.profiles.set(profile.name, { ...profile, savedAt: record.at });
      return;
    }
    case RECORD.roundStarted:
    case RECORD.roundEnded:
      state.lastRoundAt = record.at;
      return;
    case RECORD.rollStarted: {
      const roll = rollStartedRecord.parse(record.body);
      state.rolls.set(roll.rollId, roll);
      return;
    }
    case RECORD.rollEnded:
      state.rolls.delete(rollEndedRecord.parse(record.body).rollId);
      return;
    case RECORD.weights: {
      const { weights } = weightsRecord.parse(record.body);
      const entries = Object.entries(weights) as [PerpSymbol, number][];
      state.weights = { at: record.at, bySymbol: new Map(entries) };
      return;
    }
    default:
      applyTicket(state, record);
      applyPosture(state, record);
  }
}

function applySettings(state: Mutable, record: JournalRecord): void {
  const { changes, by } = settingsRecord.parse(record.body);
  for (const { key, after, overrides } of changes) {
    if (overrides) {
      state.overrides.set(key, { key, fileValue: null, value: after, by, at: record.at });
    } else {
      state.overrides.delete(key);
    }
  }
}

function applyPosture(state: Mutable, record: JournalRecord): void {
  if (record.type === RECORD.paused) state.pause = pausedRecord.parse(record.body);
  else if (record.type === RECORD.resumed) state.pause = null;
  else if (record.type === RECORD.halted) state.halts.add(haltRecord.parse(record.body).code);
  else if (record.type === RECORD.haltCleared) {
    state.halts.delete(haltRecord.parse(record.body).code);
  }
}

function applyTicket(state: Mutable, record: JournalRecord): void {
  if (record.type === RECORD.ticketIssued) {
    state.tickets.issue(ticketRecord.parse(record.body), record.at);
  } else if (record.type === RECORD.ticketBound) {
    const { nonces, messageId } = ticketBoundRecord.parse(record.body);
    state.tickets.bind(nonces, messageId);
  } else if (record.type === RECORD.ticketSpent) {
    const { nonce, by } = ticketSpentRecord.parse(record.body);
    state.tickets.spend(nonce, by, record.at);
  }
}
