import type { Posture, TradingMode } from '../risk/index.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import type { Fences } from './fences.ts';

/** Keeps the mode and builds the posture that the gate judges by. */
export class PostureKeeper {
  readonly #deps: { fences: Fences; pinnedDryRun: boolean };
  #mode: TradingMode = 'active';
  #reason: string | null = null;
  #maintenance = false;

  constructor(deps: {
    fences: Fences;
    /** Started with `--dry-run`: nothing in this run can switch it off. */
    pinnedDryRun: boolean;
  }) {
    this.#deps = deps;
  }

  get mode(): TradingMode {
    return this.#mode;
  }

  get reason(): string | null {
    return this.#reason ?? (this.#maintenance ? 'the exchange is in maintenance' : null);
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

  /** The service is stopping: nothing new is approved, people are told by other means. */
  close(): void {
    this.#mode = 'halted';
    this.#reason = 'the service is stopping';
  }

  isDryRun(settings: BalancerSettings): boolean {
    return this.#deps.pinnedDryRun || settings.liquidation.dry_run;
  }

  posture(settings: BalancerSettings): Posture {
    return {
      mode: this.#mode,
      dryRun: this.isDryRun(settings),
      maintenance: this.#maintenance,
      fenced: this.#deps.fences.symbols(),
      requireApproval: settings.liquidation.require_confirmation,
    };
  }
}
