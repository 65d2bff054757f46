/**
 * The one gate between a proposal and the venue. Executing code takes `Approved` actions only, and
 * this file is the only place that makes one, so dry run, halt and fences hold by type.
 */
import {
  type Approved,
  type BoundedAction,
  lowersRisk,
  type ReopenPosition,
  type WriteAction,
} from '../core/action.ts';
import type { Posture } from './posture.ts';
import { type ClosedLeg, objectionToReopening, type ReopeningScene } from './reopening.ts';

/** Why an action was refused; help and messages derive from these codes. */
export type RefusalCode =
  | 'halted'
  | 'reducing_only'
  | 'paused'
  | 'maintenance'
  | 'fenced'
  | 'approval_missing'
  | 'amount_invalid'
  // A roll's second leg only.
  | 'not_active'
  | 'not_of_roll'
  | 'above_closed'
  | 'too_late'
  | 'price_moved'
  | 'position_changed';

export type Verdict<A extends WriteAction> =
  | { readonly kind: 'approved'; readonly action: Approved<A> }
  /** Dry run: it would have been done. There is no approved action to send. */
  | { readonly kind: 'rehearsed'; readonly action: A }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly action: A };

/**
 * A person's consent to exactly what was shown. Without it, reductions wait where approval is
 * required. Given during a pause, it lets through what lowers risk; an older one does not.
 */
export interface Consent {
  readonly planId: string;
  readonly at: number;
}

/** With what consent an approved action was let through: it is judged again with the same. */
const consents = new WeakMap<WriteAction, Consent>();

/**
 * Judges one action against the posture of this moment.
 * Order matters: what is refused is refused in dry run too, so that a rehearsal shows the truth.
 */
export function review<A extends BoundedAction>(
  action: A,
  posture: Posture,
  consent: Consent | null = null,
): Verdict<A> {
  const code = refusalOf(action, posture, consent);
  if (code !== null) return { kind: 'refused', code, action };
  if (posture.dryRun) return { kind: 'rehearsed', action };
  return { kind: 'approved', action: approved(action, consent) };
}

/**
 * Judges an approved action once more, in the moment in which it would leave: between its approval
 * and its turn, people and halts may have spoken. Its own fence is up by then and does not count.
 */
export function refusalNow(action: Approved, posture: Posture): RefusalCode | 'dry_run' | null {
  const consent = consents.get(action) ?? null;
  const code =
    action.kind === 'reopen_position'
      ? objectionToOpening(posture, consent)
      : objectionTo(action, posture, consent);
  return code ?? (posture.dryRun ? 'dry_run' : null);
}

/** Rolls remembered as used; older ones than the last so many are long too late anyway. */
const USED_MAX = 1_000;

/**
 * The only way to an approved action that opens exposure. It takes the proof of what the first leg
 * of the same roll has closed, and lets each first leg be followed once.
 */
export class ReopeningGate {
  readonly #used = new Set<string>();

  review(
    action: ReopenPosition,
    closed: ClosedLeg,
    scene: ReopeningScene,
    posture: Posture,
    consent: Consent | null,
  ): Verdict<ReopenPosition> {
    const code = this.#refusalOf(action, closed, scene, posture, consent);
    if (code !== null) return { kind: 'refused', code, action };
    const { dryRun } = posture;
    if (dryRun) return { kind: 'rehearsed', action };
    this.#used.add(closed.intent.id);
    const [oldest] = this.#used;
    if (this.#used.size > USED_MAX && oldest !== undefined) this.#used.delete(oldest);
    return { kind: 'approved', action: approved(action, consent) };
  }

  #refusalOf(
    action: ReopenPosition,
    closed: ClosedLeg,
    scene: ReopeningScene,
    posture: Posture,
    consent: Consent | null,
  ): RefusalCode | null {
    const code = objectionToOpening(posture, consent);
    if (code !== null) return code;
    if (posture.fenced.has(action.symbol)) return 'fenced';
    if (this.#used.has(closed.intent.id)) return 'not_of_roll';
    return objectionToReopening(action, closed, scene);
  }
}

function approved<A extends WriteAction>(action: A, consent: Consent | null): Approved<A> {
  if (consent !== null) consents.set(action, consent);
  return action as Approved<A>;
}

function refusalOf(
  action: BoundedAction,
  posture: Posture,
  consent: Consent | null,
): RefusalCode | null {
  if (!amountsAreValid(action)) return 'amount_invalid';
  const code = objectionTo(action, posture, consent);
  if (code !== null) return code;
  return posture.fenced.has(action.symbol) ? 'fenced' : null;
}

/** Null when nothing speaks against what cannot make exposure larger; fences aside. */
function objectionTo(
  action: BoundedAction,
  posture: Posture,
  consent: Consent | null,
): RefusalCode | null {
  if (posture.mode === 'halted') return 'halted';
  if (posture.maintenance) return 'maintenance';
  if (posture.pausedSince !== null && !overridesPause(action, consent, posture.pausedSince)) {
    return 'paused';
  }
  if (posture.mode === 'reducing' && !isUrgent(action)) return 'reducing_only';
  const needsConsent = action.kind === 'reduce_position' && posture.requireApproval;
  return needsConsent && consent === null ? 'approval_missing' : null;
}

/** The same for the second leg of a roll. */
function objectionToOpening(posture: Posture, consent: Consent | null): RefusalCode | null {
  const { mode, maintenance } = posture;
  if (maintenance) return 'maintenance';
  // No consent overrides a pause here: this is not what lowers risk.
  if (posture.pausedSince !== null) return 'paused';
  if (mode !== 'active') return mode === 'halted' ? 'halted' : 'not_active';
  return posture.requireApproval && consent === null ? 'approval_missing' : null;
}

/** Lowers risk, and is no routine: that is what somebody else keeps undoing. */
function isUrgent(action: BoundedAction): boolean {
  const isRoutine = action.kind === 'set_collateral' && action.trigger === 'scheduled';
  return lowersRisk(action) && !isRoutine;
}

function overridesPause(action: BoundedAction, consent: Consent | null, since: number): boolean {
  return consent !== null && consent.at >= since && lowersRisk(action);
}

function amountsAreValid(action: BoundedAction): boolean {
  if (action.kind === 'set_collateral') {
    return action.toUsd.isFinite() && action.toUsd.gt(0) && !action.toUsd.eq(action.fromUsd);
  }
  return (
    action.quantity.isFinite() &&
    action.quantity.gt(0) &&
    action.quantity.lte(action.positionQuantity) &&
    Number.isInteger(action.leverage) &&
    action.leverage >= 1 &&
    action.leverage <= 100
  );
}
