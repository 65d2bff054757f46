/**
 * Keeps what the gate judges by: pause, halts, maintenance, dry run. Changes count from the very
 * call; making them durable is the business of whoever calls.
 */
import type { HaltCode } from '../core/halt-code.ts';
import { HALTS, type Posture, type TradingMode } from '../risk/index.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import type { PauseView } from './door.ts';
import type { Fences } from './fences.ts';

export interface PostureKeeperDeps {
  readonly fences: Fences;
  /** Started with `--dry-run`: nothing in this run can switch it off. */
  readonly pinnedDryRun: boolean;
  readonly pause: PauseView | null;
  readonly halts: ReadonlySet<HaltCode>;
}

export class PostureKeeper {
  readonly #deps: PostureKeeperDeps;
  readonly #halts: Set<HaltCode>;
  #pause: PauseView | null;
  #maintenance = false;
  #stopping = false;

  constructor(deps: PostureKeeperDeps) {
    this.#deps = deps;
    this.#halts = new Set(deps.halts);
    this.#pause = deps.pause;
  }

  get mode(): TradingMode {
    if (this.#stopping) return 'halted';
    const modes = [...this.#halts].map((code) => HALTS[code].mode);
    if (modes.includes('halted')) return 'halted';
    return modes.includes('reducing') ? 'reducing' : 'active';
  }

  /** A code: the gravest halt, `stopping` or `maintenance`; null when nothing holds us. */
  get reason(): HaltCode | 'stopping' | 'maintenance' | null {
    if (this.#stopping) return 'stopping';
    const { mode } = this;
    const gravest = [...this.#halts].find((code) => HALTS[code].mode === mode);
    return gravest ?? (this.#maintenance ? 'maintenance' : null);
  }

  get halts(): ReadonlySet<HaltCode> {
    return this.#halts;
  }

  get needsPerson(): boolean {
    return [...this.#halts].some((code) => HALTS[code].needsPerson);
  }

  get pause(): PauseView | null {
    return this.#pause;
  }

  get pinnedDryRun(): boolean {
    return this.#deps.pinnedDryRun;
  }

  get maintenance(): boolean {
    return this.#maintenance;
  }

  setMaintenance(active: boolean): void {
    this.#maintenance = active;
  }

  setPause(pause: PauseView | null): void {
    this.#pause = pause;
  }

  halt(code: HaltCode): void {
    this.#halts.add(code);
  }

  clearHalt(code: HaltCode): void {
    this.#halts.delete(code);
  }

  /** The service is stopping: nothing new is approved, people are told by other means. */
  close(): void {
    this.#stopping = true;
  }

  isDryRun(settings: BalancerSettings): boolean {
    return this.#deps.pinnedDryRun || settings.liquidation.dry_run;
  }

  posture(settings: BalancerSettings): Posture {
    return {
      mode: this.mode,
      dryRun: this.isDryRun(settings),
      pausedSince: this.#pause?.since ?? null,
      maintenance: this.#maintenance,
      fenced: this.#deps.fences.symbols(),
      // What somebody keeps undoing is not done again without asking.
      requireApproval: settings.liquidation.require_confirmation || this.mode === 'reducing',
    };
  }
}
