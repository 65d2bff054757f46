/**
 * The one gate between a proposal and the venue. Executing code takes `Approved` actions only, and
 * this file is the only place that makes one, so dry run, halt and fences hold by type.
 */
import { type Approved, lowersRisk, type WriteAction } from '../core/action.ts';
import type { Posture } from './posture.ts';

/** Why an action was refused; help and messages derive from these codes. */
export type RefusalCode =
  | 'halted'
  | 'reducing_only'
  | 'paused'
  | 'maintenance'
  | 'fenced'
  | 'approval_missing'
  | 'amount_invalid';

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

/**
 * Judges one action against the posture of this moment.
 * Order matters: what is refused is refused in dry run too, so that a rehearsal shows the truth.
 */
export function review<A extends WriteAction>(
  action: A,
  posture: Posture,
  consent: Consent | null = null,
): Verdict<A> {
  const code = refusalOf(action, posture, consent);
  if (code !== null) return { kind: 'refused', code, action };
  if (posture.dryRun) return { kind: 'rehearsed', action };
  return { kind: 'approved', action: action as Approved<A> };
}

function refusalOf(
  action: WriteAction,
  posture: Posture,
  consent: Consent | null,
): RefusalCode | null {
  if (!amountsAreValid(action)) return 'amount_invalid';
  if (posture.mode === 'halted') return 'halted';
  if (posture.maintenance) return 'maintenance';
  if (posture.pausedSince !== null && !overridesPause(action, consent, posture.pausedSince)) {
    return 'paused';
  }
  if (posture.fenced.has(action.symbol)) return 'fenced';
  if (posture.mode === 'reducing' && !isUrgent(action)) return 'reducing_only';
  const needsConsent = action.kind === 'reduce_position' && posture.requireApproval;
  return needsConsent && consent === null ? 'approval_missing' : null;
}

/** Lowers risk, and is no routine: that is what somebody else keeps undoing. */
function isUrgent(action: WriteAction): boolean {
  const isRoutine = action.kind === 'set_collateral' && action.trigger === 'scheduled';
  return lowersRisk(action) && !isRoutine;
}

function overridesPause(action: WriteAction, consent: Consent | null, since: number): boolean {
  return consent !== null && consent.at >= since && lowersRisk(action);
}

function amountsAreValid(action: WriteAction): boolean {
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
