/**
 * The settings in force: the file's values with the changes made in chat on top. The file stays the
 * user's; a change is an override with its author and time, journalled before it counts.
 */
import PQueue from 'p-queue';
import type { z } from 'zod';
import { type Actor, SYSTEM_ACTOR } from '../core/actor.ts';
import { assert } from '../core/errors.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import { type BalancerSettings, balancerSettingsSchema } from '../systems/balancer/index.ts';
import type { SettingAnswer, SettingDifference, SettingOverride, SettingsView } from './door.ts';
import { randomId } from './ids.ts';
import { RECORD } from './records.ts';

export interface SettingsDeskDeps {
  readonly file: BalancerSettings;
  readonly overrides: ReadonlyMap<string, SettingOverride>;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: (change: SettingChange) => void;
}

/** One change; without an override the file's value counts. */
export interface SettingChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly by: Actor;
  readonly settings: BalancerSettings;
}

type Plain = Record<string, unknown>;
interface Undo {
  readonly key: string;
  readonly override: SettingOverride | undefined;
}

/** Entries of these may be removed; all other keys always have a value. */
const TABLES = new Set(['risk_weights', 'position_priority']);
const UNDO_MAX = 200;
/** Far more than people and a disk can leave behind. */
const WAITING_MAX = 500;
const DRY_RUN = 'liquidation.dry_run';
/** Names that would reach the prototype of an object in place of an entry. */
const UNWELCOME = new Set(['__proto__', 'constructor', 'prototype']);

export class SettingsDesk {
  readonly #deps: SettingsDeskDeps;
  readonly #overrides: Map<string, SettingOverride>;
  readonly #undo = new Map<string, readonly Undo[]>();
  readonly #dropped: readonly SettingOverride[];
  /** One change at a time: each is judged, recorded and undone beside the one before it. */
  readonly #turns = new PQueue({ concurrency: 1 });
  #effective: BalancerSettings;

  constructor(deps: SettingsDeskDeps) {
    this.#deps = deps;
    const { fitting, dropped } = sorted(deps.file, deps.overrides);
    this.#overrides = fitting;
    this.#dropped = dropped;
    // What a person once decided is gone: nothing is done before somebody has looked at it.
    if (dropped.length > 0) fitting.set(DRY_RUN, this.#systemOverride(DRY_RUN, true));
    const composed = compose(deps.file, fitting);
    this.#effective = composed.success ? composed.data : deps.file;
  }

  /** Changes made in chat that this version or the present file no longer accepts. */
  get dropped(): readonly SettingOverride[] {
    return this.#dropped;
  }

  /** Writes down that they are gone and dry run is on, so that the next start is as usual. */
  async recordDropped(): Promise<void> {
    if (this.#dropped.length === 0) return;
    const gone = this.#dropped.map(({ key, value }) => {
      return { key, before: value ?? null, after: null, overrides: false };
    });
    const changes = [...gone, { key: DRY_RUN, before: null, after: true, overrides: true }];
    const changeId = randomId(this.#deps.random, 12);
    const body = { changeId, changes, by: SYSTEM_ACTOR };
    await this.#deps.journal.append({ type: RECORD.settings, body });
  }

  #systemOverride(key: string, value: unknown): SettingOverride {
    return { key, fileValue: null, value, by: SYSTEM_ACTOR, at: this.#deps.clock.now() };
  }

  get effective(): BalancerSettings {
    return this.#effective;
  }

  view(): SettingsView {
    const overrides = [...this.#overrides.values()].map((override) => ({
      ...override,
      fileValue: readPath(this.#deps.file, override.key),
    }));
    return { effective: this.#effective, overrides };
  }

  /** `value` undefined takes a table's entry away, or lets the file's value count again. */
  async change(key: string, value: unknown, by: Actor): Promise<SettingAnswer> {
    return this.changeMany([{ key, value }], by);
  }

  /** All of them or none. */
  async changeMany(
    changes: readonly { readonly key: string; readonly value: unknown }[],
    by: Actor,
  ): Promise<SettingAnswer> {
    const wanted = changes.map(({ key, value }) => ({
      key,
      override: this.#overrideFor(key, value, by),
    }));
    return this.#inTurn(() => this.#apply(wanted, by));
  }

  async undo(changeId: string, by: Actor): Promise<SettingAnswer> {
    return this.#inTurn(async () => {
      const undo = this.#undo.get(changeId);
      if (!undo) return { kind: 'gone' };
      const answer = await this.#apply(undo, by);
      this.#undo.delete(changeId);
      return answer;
    });
  }

  /** What an undo would change now; nothing when it is gone or no longer fits. */
  previewUndo(changeId: string): SettingDifference[] {
    const undo = this.#undo.get(changeId) ?? [];
    const composed = compose(this.#deps.file, withChanges(this.#overrides, undo));
    return composed.success ? this.#differences(undo, composed.data) : [];
  }

  async #inTurn(work: () => Promise<SettingAnswer>): Promise<SettingAnswer> {
    assert(this.#turns.size < WAITING_MAX, `at most ${WAITING_MAX} changes that wait`);
    return this.#turns.add(work);
  }

  #overrideFor(key: string, value: unknown, by: Actor): SettingOverride | undefined {
    const inFile = readPath(this.#deps.file, key) !== undefined;
    const [section = ''] = splitKey(key);
    const tombstone = value === undefined && TABLES.has(section) && inFile;
    if (value === undefined && !tombstone) return undefined;
    return { key, fileValue: null, value: value ?? null, by, at: this.#deps.clock.now() };
  }

  async #apply(changes: readonly Undo[], by: Actor): Promise<SettingAnswer> {
    const strange = changes.find(({ key }) => !isSetting(this.#deps.file, key));
    if (strange) return { kind: 'invalid', key: strange.key, expected: 'a setting that exists' };
    const overrides = withChanges(this.#overrides, changes);
    const composed = compose(this.#deps.file, overrides);
    if (!composed.success) return invalid(composed.error, changes[0]?.key ?? '');
    const differences = this.#differences(changes, composed.data);
    const changeId = randomId(this.#deps.random, 12);
    await this.#deps.journal.append({
      type: RECORD.settings,
      body: { changeId, changes: changes.map((change) => this.#recordOf(change)), by },
    });
    const undo = changes.map(({ key }) => ({ key, override: this.#overrides.get(key) }));
    this.#remember(changeId, undo);
    for (const { key, override } of changes) {
      if (override) this.#overrides.set(key, override);
      else this.#overrides.delete(key);
    }
    this.#effective = composed.data;
    for (const difference of differences) {
      this.#deps.onChange({ ...difference, by, settings: composed.data });
    }
    const [only] = differences;
    return only && differences.length === 1
      ? { kind: 'changed', ...only, changeId }
      : { kind: 'changed_many', differences, changeId };
  }

  #differences(changes: readonly Undo[], next: BalancerSettings): SettingDifference[] {
    return changes.map(({ key }) => {
      return { key, before: readPath(this.#effective, key), after: readPath(next, key) };
    });
  }

  #recordOf({ key, override }: Undo) {
    return {
      key,
      before: readPath(this.#effective, key) ?? null,
      after: override?.value ?? null,
      overrides: override !== undefined,
    };
  }

  #remember(changeId: string, undo: readonly Undo[]): void {
    this.#undo.set(changeId, undo);
    for (const oldest of this.#undo.keys()) {
      if (this.#undo.size <= UNDO_MAX) return;
      this.#undo.delete(oldest);
    }
  }
}

/** Each override is judged by itself: one that does not fit takes no other one with it. */
function sorted(file: BalancerSettings, overrides: ReadonlyMap<string, SettingOverride>) {
  const fitting = new Map<string, SettingOverride>();
  const dropped: SettingOverride[] = [];
  for (const [key, override] of overrides) {
    const withIt = new Map([...fitting, [key, override]]);
    if (isSetting(file, key) && compose(file, withIt).success) fitting.set(key, override);
    else dropped.push(override);
  }
  return { fitting, dropped };
}

function withChanges(
  overrides: ReadonlyMap<string, SettingOverride>,
  changes: readonly Undo[],
): Map<string, SettingOverride> {
  const next = new Map(overrides);
  for (const { key, override } of changes) {
    if (override) next.set(key, override);
    else next.delete(key);
  }
  return next;
}

function invalid(error: z.ZodError, key: string): SettingAnswer {
  const issue = error.issues[0];
  const path = issue?.path.join('.');
  return { kind: 'invalid', key: path || key, expected: issue?.message ?? 'another value' };
}

function compose(file: BalancerSettings, overrides: ReadonlyMap<string, SettingOverride>) {
  const plain = structuredClone(file) as unknown as Plain;
  for (const [key, override] of overrides) writePath(plain, key, override.value);
  return balancerSettingsSchema.safeParse(plain);
}

/** `risk_weights.tBTCF0:USTF0` → [`risk_weights`, `tBTCF0:USTF0`]. */
function splitKey(key: string): string[] {
  const dot = key.indexOf('.');
  return dot < 0 ? [key] : [key.slice(0, dot), key.slice(dot + 1)];
}

/** A value that may be written: a known one, or an entry of a table. */
function isSetting(file: BalancerSettings, key: string): boolean {
  const [section = '', leaf] = splitKey(key);
  if (leaf === undefined || UNWELCOME.has(leaf) || !Object.hasOwn(file, section)) return false;
  if (TABLES.has(section)) return true;
  const part = (file as unknown as Plain)[section];
  return isPlain(part) && Object.hasOwn(part, leaf);
}

export function readPath(settings: BalancerSettings, key: string): unknown {
  const [section = '', leaf] = splitKey(key);
  const part = Object.hasOwn(settings, section)
    ? (settings as unknown as Plain)[section]
    : undefined;
  if (leaf === undefined) return part;
  return isPlain(part) && Object.hasOwn(part, leaf) ? part[leaf] : undefined;
}

/** Null removes the entry. Only for keys that `isSetting` admits. */
function writePath(settings: Plain, key: string, value: unknown): void {
  const [section = '', leaf = ''] = splitKey(key);
  const part = settings[section];
  if (!isPlain(part)) return;
  if (value === null) delete part[leaf];
  else part[leaf] = value;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
