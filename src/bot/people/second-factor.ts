/**
 * Time-based one-time codes (RFC 6238) for chosen acts. The secret is shown in the terminal only,
 * as a QR code, and never travels by chat: who steals a chat account does not get it.
 */
import { Secret as OtpSecret, TOTP } from 'otpauth';
import { renderUnicodeCompact } from 'uqr';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Document } from '../../ports/store.ts';
import type { Person } from './directory.ts';
import type { Guard } from './guards.ts';
import type { PeopleState } from './people-state.ts';

export interface SecondFactorDeps {
  readonly document: Document<PeopleState>;
  readonly clock: Clock;
  readonly random: Random;
  /** Lines for whoever sits at the terminal; never logged. */
  readonly say: (line: string) => void;
}

export type CodeVerdict =
  | { readonly kind: 'ok' }
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'locked'; readonly forMs: number };

interface Tries {
  failures: number;
  lockedUntilMs: number;
}

const SECRET_BYTES = 20;
const PERIOD_S = 30;
/** One step either way: clocks of telephones differ. */
const WINDOW = 1;
const FAILURES_MAX = 5;
const LOCK_MS = 5 * MINUTE_MS;
const GRACE_MS = 5 * MINUTE_MS;
const ENROL_MS = 10 * MINUTE_MS;

export class SecondFactor {
  readonly #deps: SecondFactorDeps;
  /** Secrets shown but not confirmed yet; gone with the process. */
  readonly #shown = new Map<number, { readonly secret: string; readonly untilMs: number }>();
  readonly #tries = new Map<number, Tries>();
  readonly #graceUntilMs = new Map<number, number>();
  /** The last time step a code was taken for: a code works once. */
  readonly #lastStep = new Map<number, number>();

  constructor(deps: SecondFactorDeps) {
    this.#deps = deps;
  }

  isEnrolled(id: number): boolean {
    return this.#secretOf(id) !== null;
  }

  guards(): readonly Guard[] {
    return this.#deps.document.read().guards ?? [];
  }

  async setGuard(guard: Guard, isOn: boolean): Promise<void> {
    await this.#deps.document.update((state) => {
      const others = (state.guards ?? []).filter((known) => known !== guard);
      return { ...state, guards: isOn ? [...others, guard] : others };
    });
  }

  /** Whether this person has to give a code before this act. */
  isWanted(guards: readonly Guard[], id: number): boolean {
    const inForce = this.guards();
    if (!guards.some((guard) => inForce.includes(guard))) return false;
    return this.#deps.clock.monotonicMs() >= (this.#graceUntilMs.get(id) ?? 0);
  }

  /** Prints a new secret in the terminal; it counts once a code of it was given. */
  begin(person: Person): void {
    const bytes = Uint8Array.from({ length: SECRET_BYTES }, () =>
      Math.floor(this.#deps.random() * 256),
    );
    const secret = new OtpSecret({ buffer: bytes.buffer });
    const untilMs = this.#deps.clock.monotonicMs() + ENROL_MS;
    this.#shown.set(person.id, { secret: secret.base32, untilMs });
    const uri = totpOf(secret.base32, person.name).toString();
    const head = `Second factor of ${person.name}: scan with an authenticator within ten minutes.`;
    const byHand = `Or type the key by hand: ${secret.base32}`;
    const lines = [head, ...renderUnicodeCompact(uri).split('\n'), byHand];
    for (const line of lines) this.#deps.say(line);
  }

  isEnrolling(id: number): boolean {
    const shown = this.#shown.get(id);
    return shown !== undefined && this.#deps.clock.monotonicMs() < shown.untilMs;
  }

  /** The first code of a new secret. @returns whether it fits and the secret is kept */
  async finish(id: number, code: string): Promise<CodeVerdict> {
    const shown = this.#shown.get(id);
    if (!shown || !this.isEnrolling(id)) return { kind: 'wrong', left: 0 };
    const verdict = this.#check(id, shown.secret, code);
    if (verdict.kind !== 'ok') return verdict;
    this.#shown.delete(id);
    await this.#setSecret(id, shown.secret);
    return verdict;
  }

  /** A code for an act; a right one is good for the next five minutes too. */
  verify(id: number, code: string): CodeVerdict {
    const secret = this.#secretOf(id);
    if (!secret) return { kind: 'wrong', left: 0 };
    const verdict = this.#check(id, secret, code);
    if (verdict.kind === 'ok') {
      this.#graceUntilMs.set(id, this.#deps.clock.monotonicMs() + GRACE_MS);
    }
    return verdict;
  }

  async remove(id: number): Promise<void> {
    this.#graceUntilMs.delete(id);
    await this.#setSecret(id, undefined);
  }

  #check(id: number, secret: string, code: string): CodeVerdict {
    const { clock } = this.#deps;
    const tries = this.#tries.get(id) ?? { failures: 0, lockedUntilMs: 0 };
    const lockedMs = tries.lockedUntilMs - clock.monotonicMs();
    if (lockedMs > 0) return { kind: 'locked', forMs: lockedMs };
    const now = clock.now();
    const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: WINDOW });
    const step = Math.floor(now / (PERIOD_S * SECOND_MS)) + (delta ?? 0);
    if (delta !== null && step > (this.#lastStep.get(id) ?? 0)) {
      this.#tries.delete(id);
      this.#lastStep.set(id, step);
      return { kind: 'ok' };
    }
    tries.failures += 1;
    this.#tries.set(id, tries);
    if (tries.failures < FAILURES_MAX)
      return { kind: 'wrong', left: FAILURES_MAX - tries.failures };
    this.#tries.set(id, { failures: 0, lockedUntilMs: clock.monotonicMs() + LOCK_MS });
    return { kind: 'locked', forMs: LOCK_MS };
  }

  #secretOf(id: number): string | null {
    return this.#deps.document.read().people.find((person) => person.id === id)?.totp ?? null;
  }

  async #setSecret(id: number, totp: string | undefined): Promise<void> {
    await this.#deps.document.update((state) => ({
      ...state,
      people: state.people.map((person) => (person.id === id ? { ...person, totp } : person)),
    }));
  }
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Ballast', label, secret, period: PERIOD_S, digits: 6 });
}
