## Views of money, reasons, health and history

balance-title = 💰 <b>Equity { $equity } USD</b>
balance-free = Free
balance-in-flight = In flight
balance-reserve = Reserve
balance-collateral = Collateral
balance-pnl = Unrealised
balance-locked = Locked profit
balance-notional = Notional
balance-leverage = Leverage
balance-locked-why = <i>Locked profit counts as equity, but on isolated margin no other position can use it until it is realised.</i>

why-title = ❔ <b>{ $name }: { $from } → { $to } USD</b>
why-mode-equal_distance = Equal distance: every position to { $level } × its weight from liquidation.
why-mode-risk_weight = Notional × weight: collateral of { $level } of each weighted notional.
why-pool = Pool
why-free = of it free
why-notional = Notional
why-weight = Weight
why-share = Share of risk
why-pnl = Unrealised
why-closing = Liquidation equity
why-formula = By formula
why-limits = Limits
why-target = Target
why-bound-min = ⬆️ Held up by the exchange’s minimum.
why-bound-max = ⬇️ Held down by the exchange’s maximum.
why-bound-kept = 🔒 Left as it is.
why-triage = ⚠️ There is not enough for all: higher priorities come first.
why-distance = Distance to liquidation: { $before } → <b>{ $after }</b>

what-if-title = 🔮 <b>If { $name } moves { $pct }</b>
what-if-title-all = 🔮 <b>If all prices move { $pct }</b>
what-if-account = Account margin rate: { $before } → <b>{ $after }</b>
what-if-liquidated = ✗ Without help { $n ->
    [one] 1 position
   *[other] { $n } positions
  } would be liquidated.
what-if-moves = ⚖️ { $n ->
    [one] 1 move
   *[other] { $n } moves
  } would follow:
what-if-no-moves = ⚖️ No collateral would be moved.
what-if-reductions = ✂️ Short by { $short } USD, so { $n ->
    [one] 1 reduction
   *[other] { $n } reductions
  } would be proposed:
what-if-remains = ⚠️ <b>{ $remaining } USD</b> would still be missing.
what-if-more = … and { $n } more
what-if-nothing-done = <i>A calculation only: nothing was done. ! endangered, ✗ lost without help.</i>
column-now = now
column-then = then
column-managed = managed
column-quantity = qty
column-weight = weight
column-priority = prio
weights-title = 🏋️ <b>Risk weights</b> (BTC = 1), heaviest first
weights-hint = <i>Change them in /settings.</i>

health-title = 🟢 <b>All is well</b>
health-title-trouble = 🟠 <b>Something is wrong</b>
health-uptime = Up
health-feed = Prices
health-account = Account read
health-streamed = Streamed
health-frames = Frames/min
health-writes = Writes/min
health-cycles = Checks
health-cycle = Last check took
health-unknown = Unknown outcomes
health-failures = Failed reads
health-chat = Chat
health-chat-age = Chat answered
health-waiting = Messages waiting
health-lost = Messages lost
health-unreachable = Unreachable people
health-ignored = Strangers ignored
value-up = up
value-down = down
polling-idle = idle
polling-connecting = connecting
polling-polling = connected
polling-retrying = retrying
polling-stopped = stopped
polling-conflict = used twice

history-title-adjustments = ⚖️ <b>Adjustments</b> ({ $n })
history-title-liquidations = ✂️ <b>Reductions</b> ({ $n })
history-title-settings = ⚙️ <b>Changed settings</b> ({ $n })
history-title-errors = ⚠️ <b>Errors</b> ({ $n })
history-title-audit = 🧾 <b>Who did what</b> ({ $n })
history-none = Nothing on record.
record-moves = <b>{ $why }</b> { $moves }
record-lost = 💥 <b>{ $name } { $side } liquidated by the exchange</b> near { $price }, { $collateral } USD of collateral in it
record-setting = <b>{ $name }</b> <code>{ $key }</code>: { $from } → { $to }
record-error = <b>{ $what }</b> { $reason }
record-audit = <b>{ $name }</b> { $act } { $detail }
audit-run_rebalance = run a rebalance
audit-cancel_rebalance = cancel a rebalance
audit-approve_plan = approve a plan
audit-reject_plan = reject a plan
audit-dry_run_off = answer about dry run
audit-undo_setting = undo a setting
audit-run_act = confirm an act by hand
audit-cancel_act = cancel an act by hand
audit-resume = confirm the resume
audit-clear_halt = confirm lifting a halt
audit-apply_settings = apply settings
audit-confirm = confirm a question
audit-cancel = cancel a question
audit-pair = joined as
audit-invite = invite as
audit-role_changed = change a role
audit-person_removed = remove a person
audit-factor_used = second factor used
audit-factor_shown = second factor shown
audit-factor_enrolled = second factor enrolled
audit-guard_on = second factor asked for
audit-guard_off = second factor no longer asked for
record-unreadable = a record of an older form
report-none = There are no figures of { $day }.
logs-title = 📜 <b>The last { $n } log lines</b>
logs-none = The log is empty.
version-line = Ballast <b>{ $version }</b> · { $venue } · up { $uptime }
pending-title = ⏳ <b>Waiting</b>
pending-none = ✅ Nothing waits.
pending-plan = 🔴 Liquidation plan: short by <b>{ $short } USD</b>, { $n ->
    [one] 1 reduction
   *[other] { $n } reductions
  }, account at { $rate }; expires in { $span }
pending-fenced = ❓ <b>{ $name }</b>: the exchange has not said yet what became of the last write.
