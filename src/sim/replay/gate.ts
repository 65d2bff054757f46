/** The production risk gate, asked about every action of a replay that carries money. */
import type { Approved, BoundedAction, ReducePosition, SetCollateral } from '../../core/action.ts';
import { type Posture, review } from '../../risk/index.ts';
import type { Adjustment } from '../../systems/balancer/index.ts';

/** Active, live and without a person to ask: what the replay measures is the plans themselves. */
const POSTURE: Posture = {
  mode: 'active',
  dryRun: false,
  pausedSince: null,
  maintenance: false,
  fenced: new Set(),
  requireApproval: false,
};

/** What a reduction and a realised profit have in common. */
type Closing = Pick<
  ReducePosition,
  'symbol' | 'positionId' | 'side' | 'quantity' | 'positionQuantity'
>;

/** The gate's word on a move of collateral; null when it refuses. */
export function approveMove(
  move: Adjustment,
  trigger: SetCollateral['trigger'],
): Approved<SetCollateral> | null {
  const { symbol, positionId, fromUsd, toUsd } = move;
  const kind = 'set_collateral' as const;
  return approved({ kind, symbol, positionId, fromUsd, toUsd, trigger });
}

/** The gate's word on closing part of a position; null when it refuses. */
export function approveClosing(closing: Closing): Approved<ReducePosition> | null {
  const { symbol, positionId, side, quantity, positionQuantity } = closing;
  const what = { symbol, positionId, side, quantity, positionQuantity };
  return approved({ kind: 'reduce_position', ...what, leverage: 1, trigger: 'emergency' });
}

function approved<A extends BoundedAction>(action: A): Approved<A> | null {
  const verdict = review(action, POSTURE);
  return verdict.kind === 'approved' ? verdict.action : null;
}
