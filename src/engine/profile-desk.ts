/**
 * Whole sets of settings: kept under a name, or brought as a document. Shown as differences first,
 * frozen, and applied all or none.
 */
import { z } from 'zod';
import type { Actor } from '../core/actor.ts';
import { BallastError } from '../core/errors.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import { type BalancerSettings, balancerSettingsSchema } from '../systems/balancer/index.ts';
import type { ProfileView, SettingAnswer, SettingDifference, SettingsProposal } from './door.ts';
import { randomId } from './ids.ts';
import { RECORD } from './records.ts';
import type { SettingsDesk } from './settings-desk.ts';

export interface Profile extends ProfileView {
  readonly settings: unknown;
}

export interface ProfileDeskDeps {
  readonly desk: SettingsDesk;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
}

interface Proposal {
  readonly expiresAt: number;
  readonly differences: readonly SettingDifference[];
}

const PROPOSAL_TTL_MS = 5 * 60_000;
const PROPOSALS_MAX = 20;
const PROFILES_MAX = 50;
const NAME = /^[\p{L}\p{N}_-]{1,32}$/u;

const sections = z.record(z.string(), z.unknown());

export class ProfileDesk {
  readonly #deps: ProfileDeskDeps;
  readonly #profiles: Map<string, Profile>;
  readonly #proposals = new Map<string, Proposal>();

  constructor(deps: ProfileDeskDeps) {
    this.#deps = deps;
    this.#profiles = new Map(deps.profiles);
  }

  list(): ProfileView[] {
    return [...this.#profiles.values()].map(({ name, savedAt, by }) => ({ name, savedAt, by }));
  }

  /** @throws BallastError for a name that cannot be typed after a command, or one too many */
  async save(name: string, by: Actor): Promise<void> {
    const { journal, clock, desk } = this.#deps;
    if (!NAME.test(name)) {
      throw new BallastError('expected a name of up to 32 letters, digits, - or _');
    }
    if (!this.#profiles.has(name) && this.#profiles.size >= PROFILES_MAX) {
      throw new BallastError(`expected at most ${PROFILES_MAX} profiles`);
    }
    const settings = desk.effective;
    await journal.append({ type: RECORD.profile, body: { name, settings, by } });
    this.#profiles.set(name, { name, savedAt: clock.now(), by, settings });
  }

  proposeProfile(name: string): SettingsProposal {
    const profile = this.#profiles.get(name);
    return profile ? this.propose(profile.settings) : { kind: 'unknown_profile' };
  }

  /** A missing section keeps its present values; tables are taken whole. */
  propose(document: unknown): SettingsProposal {
    const { desk, clock, random } = this.#deps;
    const given = sections.safeParse(document);
    if (!given.success) {
      return { kind: 'invalid', key: '', expected: 'settings as sections with keys and values' };
    }
    const parsed = balancerSettingsSchema.safeParse(merged(desk.effective, given.data));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const expected = issue?.message ?? 'another value';
      return { kind: 'invalid', key: issue?.path.join('.') ?? '', expected };
    }
    const differences = differencesOf(desk.effective, parsed.data);
    const id = randomId(random, 8);
    const expiresAt = clock.now() + PROPOSAL_TTL_MS;
    this.#proposals.set(id, { expiresAt, differences });
    for (const oldest of this.#proposals.keys()) {
      if (this.#proposals.size <= PROPOSALS_MAX) break;
      this.#proposals.delete(oldest);
    }
    return { kind: 'proposal', id, expiresAt, differences };
  }

  async apply(proposalId: string, by: Actor): Promise<SettingAnswer> {
    const proposal = this.#proposals.get(proposalId);
    this.#proposals.delete(proposalId);
    if (!proposal || this.#deps.clock.now() >= proposal.expiresAt) return { kind: 'gone' };
    const changes = proposal.differences.map(({ key, after }) => ({ key, value: after }));
    return this.#deps.desk.changeMany(changes, by);
  }
}

type Sections = Record<string, unknown>;
const TABLES = new Set(['risk_weights', 'position_priority']);

function merged(present: BalancerSettings, given: Sections): Sections {
  const all: Sections = { ...present };
  for (const [section, value] of Object.entries(given)) {
    const known = Object.hasOwn(present, section) ? all[section] : undefined;
    const isPart = isRecord(known) && isRecord(value) && !TABLES.has(section);
    all[section] = isPart ? { ...known, ...value } : value;
  }
  return all;
}

function differencesOf(before: BalancerSettings, after: BalancerSettings): SettingDifference[] {
  const from = leaves(before);
  const to = leaves(after);
  const keys = [...new Set([...from.keys(), ...to.keys()])].sort();
  return keys
    .filter((key) => from.get(key) !== to.get(key))
    .map((key) => ({ key, before: from.get(key), after: to.get(key) }));
}

/** `thresholds.min_adjustment_usdt` → 50, for every setting. */
function leaves(settings: BalancerSettings): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [section, part] of Object.entries(settings)) {
    for (const [leaf, value] of Object.entries(part)) found.set(`${section}.${leaf}`, value);
  }
  return found;
}

function isRecord(value: unknown): value is Sections {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
