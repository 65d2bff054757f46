## Rebalance

rebalance-title = ⚖️ <b>Rebalance: { $n ->
    [one] 1 move
   *[other] { $n } moves
  }</b>
rebalance-changed = 🔄 Market or account have changed too much since: nothing was done. This is the new plan.
rebalance-changed-move = • { $name }: { $before } → <b>{ $after } USD</b>
rebalance-changed-total = • All moves together: { $before } → <b>{ $after } USD</b>
rebalance-changed-more = • and { $n } more
rebalance-why-equal_distance = Brings positions to the same risk-weighted distance from liquidation. Decreases run first.
rebalance-why-risk_weight = Shares collateral by notional × risk weight. Decreases run first.
rebalance-free = Free balance: { $before } → <b>{ $after }</b>
rebalance-skipped = { $n ->
    [one] 1 position
   *[other] { $n } positions
  } left alone, below the thresholds.
rebalance-expires = <i>Valid for { $span }; checked again when you press Run.</i>
rebalance-nothing = ✅ Nothing to do. { $skipped ->
    [0] Every position is on target.
    [one] 1 position is off target by less than the thresholds.
   *[other] { $skipped } positions are off target by less than the thresholds.
  } Free balance { $free }.
rebalance-running = ⏳ Running, started by { $name } at { $time } …
rebalance-cancelled = ✖️ Cancelled by { $name } at { $time }.
rebalance-expired = ⌛ Expired without a decision.
rebalance-gone = ⌛ This plan is no longer valid: it expired, or the bot was restarted. Nothing was done.
rebalance-ran = ⚖️ <b>Rebalanced: { $done } of { $total } moves done</b>
rebalance-rehearsed = 🧪 <b>Dry run: { $done } of { $total } moves would have been sent</b>
unavailable-no_snapshot = The account has not been read yet. Try again in a moment.
unavailable-stale_marks = Prices or account data are too old to decide on. Nothing was done.
unavailable-balance_unknown = The exchange has not reported the free balance yet. Try again in a moment.
unavailable-halted = ⛔ Halted: no decisions are made. See /status.
unavailable-busy = Another run or an emergency is under way. Try again in a moment.
unavailable-no_positions = There are no open positions.
