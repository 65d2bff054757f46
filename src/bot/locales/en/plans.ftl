## Liquidation plans

plan-title-pending = 🔴 <b>Account is short by { $short } USD</b> – reduce { $n ->
    [one] 1 position
   *[other] { $n } positions
  }?
plan-title-approved = 🟠 <b>Liquidation plan approved</b>
plan-title-running = 🟠 <b>Reducing { $n ->
    [one] 1 position
   *[other] { $n } positions
  }</b>
plan-title-done = ✅ <b>Liquidation plan carried out</b>
plan-title-partly = ⚠️ <b>Liquidation plan partly carried out: { $done } of { $n }</b>
plan-title-failed = ⚠️ <b>Liquidation plan failed: none of { $n } carried out</b>
plan-title-dry = 🧪 <b>Dry run: nothing of the liquidation plan was sent</b>
plan-title-rejected = ✖️ <b>Liquidation plan rejected</b>
plan-title-expired = ⌛ <b>Liquidation plan expired</b>
plan-title-superseded = 🔄 <b>Liquidation plan no longer needed as it was</b>
plan-title-rehearsed = 🧪 <b>Dry run: account is short by { $short } USD</b>
plan-account = Account margin rate { $rate } · short by { $short } USD
plan-account-rate = Account margin rate { $rate }
plan-filled = { $name }: closed { $filled } of { $wanted } at { $price }
plan-covers = Covers the whole shortfall.
plan-remains = ⚠️ <b>{ $remaining } USD</b> would still be missing afterwards.
plan-left = ⚠️ <b>{ $remaining } USD</b> is still missing.
plan-dry = 🧪 Dry run is on: what is marked · was not sent and changed nothing.
plan-despite-pause = ⏸ Paused: approving lets just this through.
plan-despite-dry-run = 🧪 Dry run is on: approving this sends nothing.
plan-state-pending = <i>Expires in { $span }. Checked against the market again when approved.</i>
plan-state-pending-viewer = <i>Expires in { $span }. Waits for an operator.</i>
plan-state-approved = <i>Approved.</i>
plan-state-approved-by = <i>Approved by { $name } · { $time }</i>
plan-state-waits = <i>Approved by { $name } · { $time }. Runs at { $start }, after the pause between rounds, as far as it still fits then.</i>
plan-state-rejected = <i>Rejected.</i>
plan-state-rejected-by = <i>Rejected by { $name } · { $time }. Nothing was reduced.</i>
plan-state-running = <i>Running without approval, as set.</i>
plan-state-running-by = <i>Approved by { $name } · { $time } · running …</i>
plan-state-done = <i>Done.</i>
plan-state-done-by = <i>Approved by { $name } · { $time } · done</i>
plan-state-ended = <i>Ended; ran without approval, as set.</i>
plan-state-ended-by = <i>Approved by { $name } · { $time } · ended</i>
plan-state-expired = <i>Nobody decided in time. Nothing was reduced.</i>
plan-state-expired-by = <i>Nobody decided in time. Nothing was reduced.</i>
plan-state-superseded = <i>The shortfall has changed. Nothing was reduced.</i>
plan-state-superseded-by = <i>Approved by { $name } · { $time }, but the shortfall had changed. Nothing was reduced.</i>
plan-state-rehearsed = <i>This is what would be proposed. Nothing is sent in dry run.</i>
plan-state-rehearsed-by = <i>This is what would be proposed. Nothing is sent in dry run.</i>
plan-none = ✅ No liquidation plan waits for a decision.
plan-gone = ⌛ This plan is no longer known or no longer valid. Nothing was reduced. See /plan.
plan-superseded-fresh = 🔄 The market moved while the plan waited. Nothing was reduced; a new plan has been proposed.
plan-superseded-none = ✅ The market moved while the plan waited: nothing has to be reduced any more.
plan-title-harvest = 🌾 <b>Collateral is running out</b> – realise profit of { $n ->
    [one] 1 position
   *[other] { $n } positions
}?
plan-title-roll = 🌾 <b>Collateral is running out</b> – roll { $n ->
    [one] 1 position
   *[other] { $n } positions
  } to set profit free?
plan-title-rolling = 🟠 <b>Rolling { $n ->
    [one] 1 position
   *[other] { $n } positions
  }</b>
plan-title-roll-reduced = ⚠️ <b>Rolled { $rolled } of { $n }, the rest became reductions</b>
plan-roll = 🔁 Roll { $names }: closed and opened again at once in the same size, so that profit becomes balance. Fees and slippage of both orders: about <b>{ $cost } USD</b>. What cannot be opened again at once stays closed: a reduction.
plan-rolled = 🔁 { $name }: opened again { $opened } of { $closed } at { $price }
plan-roll-reduced = ⚠️ <b>{ $name }</b>: became a reduction, not opened again – { $reason }
plan-roll-partly = ⚠️ <b>{ $name }</b>: { $rest } could not be opened again and became a reduction
plan-roll-unknown = ❓ <b>{ $name }</b>: not known yet whether it was opened again, being clarified; until then it counts as a reduction – { $reason }
plan-roll-rehearsed = ⚠️ <b>{ $name }</b>: became a reduction, dry run was switched on in between
