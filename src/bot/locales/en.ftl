### Every text a person reads. HTML is allowed where a message is built from it; variables are
### escaped by the program. Keys are the same in every language, a test compares them.

## Spans of time

span-seconds = { $n } s
span-minutes = { $n } min
span-hours = { $h } h { $m } min
span-days = { $d } d { $h } h
late = ⏱ <i>{ $age } late</i>
as-of = <i>as of { $time } UTC</i>
done-by = <i>{ $name } · { $time } UTC</i>

## Roles and sides

role-viewer = viewer
role-operator = operator
role-owner = owner
side-long = long
side-short = short
side-short-long = L
side-short-short = S

## Banners

banner-halted = ⛔ <b>HALTED</b> – nothing is written to the exchange. { $reason }
banner-reducing = ⚠️ <b>REDUCING</b> – only risk-lowering actions. { $reason }
banner-dry-run = 🧪 <b>DRY RUN</b> – nothing is sent to the exchange.
banner-simulated = 🎮 Simulated exchange.

## Columns

column-rate = rate
column-distance = dist
column-collateral = coll
column-close = close
column-notional = notional
column-relieves = relief

## Status

status-title = 🟢 <b>Account margin rate { $rate }</b>
status-title-warning = 🟠 <b>Account margin rate { $rate }</b> – below the warning level
status-title-unknown = ⚪ <b>Account margin rate unknown</b> – the free balance has not been read yet
status-title-empty = ⚪ <b>No open positions</b>
status-equity = Equity
status-free = Free
status-collateral = Collateral
status-pnl = Unrealised
status-notional = Notional
status-worst = Worst: <b>{ $name } { $side }</b> { $rate } · { $distance } from liquidation
status-feed-up = Prices { $feedAge } old · account { $snapshotAge } old · { $streamed } of { $positions } streamed
status-feed-down = ⚠️ Price feed is down · prices { $feedAge } old · account { $snapshotAge } old
status-cycle = Next check in { $next }
status-cycle-none = No check has run yet
status-plans = 🔴 { $n ->
    [one] A liquidation plan waits
   *[other] { $n } liquidation plans wait
  } for a decision: /plan
status-unknown = ❓ { $n ->
    [one] 1 write with
   *[other] { $n } writes with
  } unknown outcome: nothing else touches what it concerns
status-failures = ⚠️ { $n ->
    [one] 1 failed read
   *[other] { $n } failed reads
  } of the exchange in a row
status-about = <i>{ $venue } · Ballast { $version } · up { $uptime }</i>

## Positions

positions-title = <b>Positions { $from }–{ $to } of { $total }</b> · worst first
positions-none = No open positions.
positions-fenced = 🔒 { $names }: the last write has no known outcome; nothing else acts on it.
positions-unpriced = ❓ { $names }: no mark price yet.
position-title = { $dot } <b>{ $name } { $side }</b> · rate <b>{ $rate }</b> · { $distance } from liquidation
position-collateral = Collateral
position-target = Target
position-pnl = Unrealised
position-notional = Notional
position-quantity = Quantity
position-entry = Entry
position-mark = Mark
position-liquidation = Liquidation
position-maintenance = Maintenance
position-weight = Weight
position-priority = Priority
position-as-of = <i>as of { $time } UTC · mark { $age } old</i>
position-unknown = There is no position in <b>{ $name }</b>. See /positions for all of them.
position-unknown-near = There is no position in <b>{ $name }</b>. Did you mean <code>/positions { $near }</code>?
position-ambiguous = <b>{ $name }</b> is held in more than one currency: { $symbols }. Give the full symbol.
weight-configured = set
weight-measured = measured
weight-stale = old
weight-default = default

## Outcomes

outcome-rejected = ✗ <b>{ $name }</b>: refused by the exchange – { $reason }
outcome-denied = ✗ <b>{ $name }</b>: not sent – { $reason }
outcome-unknown = ❓ <b>{ $name }</b>: outcome unknown, being clarified – { $reason }

## Rebalance

rebalance-title = ⚖️ <b>Rebalance: { $n ->
    [one] 1 move
   *[other] { $n } moves
  }</b>
rebalance-changed = 🔄 The market has moved since: nothing was done. This is the new plan.
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
rebalance-running = ⏳ Running, started by { $name } at { $time } UTC …
rebalance-cancelled = ✖️ Cancelled by { $name } at { $time } UTC.
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
plan-title-rejected = ✖️ <b>Liquidation plan rejected</b>
plan-title-expired = ⌛ <b>Liquidation plan expired</b>
plan-title-superseded = 🔄 <b>Liquidation plan no longer needed as it was</b>
plan-title-rehearsed = 🧪 <b>Dry run: account is short by { $short } USD</b>
plan-account = Account margin rate { $rate } · short by { $short } USD
plan-account-rate = Account margin rate { $rate }
plan-filled = { $name }: closed { $filled } of { $wanted } at { $price }
plan-covers = Covers the whole shortfall.
plan-remains = ⚠️ <b>{ $remaining } USD</b> would still be missing afterwards.
plan-state-pending = <i>Expires in { $span }. Checked against the market again when approved.</i>
plan-state-pending-viewer = <i>Expires in { $span }. Waits for an operator.</i>
plan-state-approved = <i>Approved.</i>
plan-state-approved-by = <i>Approved by { $name } · { $time } UTC</i>
plan-state-rejected = <i>Rejected.</i>
plan-state-rejected-by = <i>Rejected by { $name } · { $time } UTC. Nothing was reduced.</i>
plan-state-running = <i>Running without approval, as set.</i>
plan-state-running-by = <i>Approved by { $name } · { $time } UTC · running …</i>
plan-state-done = <i>Done.</i>
plan-state-done-by = <i>Approved by { $name } · { $time } UTC · done</i>
plan-state-expired = <i>Nobody decided in time. Nothing was reduced.</i>
plan-state-expired-by = <i>Nobody decided in time. Nothing was reduced.</i>
plan-state-superseded = <i>The shortfall has changed. Nothing was reduced.</i>
plan-state-superseded-by = <i>Approved by { $name } · { $time } UTC, but the shortfall had changed. Nothing was reduced.</i>
plan-state-rehearsed = <i>This is what would be proposed. Nothing is sent in dry run.</i>
plan-state-rehearsed-by = <i>This is what would be proposed. Nothing is sent in dry run.</i>
plan-none = ✅ No liquidation plan waits for a decision.
plan-gone = ⌛ This plan is no longer known or no longer valid. Nothing was reduced. See /plan.
plan-superseded-fresh = 🔄 The market moved while the plan waited. Nothing was reduced; a new plan has been proposed.
plan-superseded-none = ✅ The market moved while the plan waited: nothing has to be reduced any more.

## Emergencies

emergency-title = 🔴 <b>Emergency top-up: { $names }</b>
emergency-title-dry = 🧪 <b>Dry run, emergency: { $names }</b> – nothing was sent
emergency-state = <b>{ $name }</b> · rate { $rate } · { $distance } from liquidation
emergency-no-moves = No collateral could be moved.
emergency-missing = ⚠️ { $name }: <b>{ $missing } USD</b> could not be covered.

## Notices

notice-started = 🟢 <b>Ballast is running</b> with { $n ->
    [one] 1 position
   *[other] { $n } positions
  }.
notice-started-dry = 🟢 <b>Ballast is running</b> with { $n ->
    [one] 1 position
   *[other] { $n } positions
  }.
    🧪 Dry run: nothing is sent to the exchange.
notice-started-warning = ⚠️ { $text }
notice-stopped = ⚪ <b>Ballast is stopping</b> ({ $reason }). Positions are not watched until it runs again.
notice-stopped-in-flight = ❓ { $n ->
    [one] 1 write has
   *[other] { $n } writes have
  } no known outcome; clarified at the next start.
notice-adjusted = ⚖️ <b>{ $n ->
    [one] 1 position
   *[other] { $n } positions
  } adjusted</b> ({ $why })
notice-adjusted-dry = 🧪 <b>Dry run: { $n ->
    [one] 1 adjustment
   *[other] { $n } adjustments
  }</b> ({ $why }), nothing was sent
notice-free = Free balance { $free }
notice-by = <i>by { $name }</i>
trigger-scheduled = scheduled
trigger-emergency = emergency
trigger-manual = by hand
notice-account-warning = 🟠 <b>Account margin rate { $rate }</b>, below { $limit }. Consider adding funds or reducing: /status
notice-account-recovered = 🟢 Account margin rate is back at { $rate }.
notice-venue-trouble = 🔴 <b>The exchange does not answer</b>: “{ $call }” failed { $n } times in a row. { $reason }
notice-venue-recovered = 🟢 The exchange answers again.
notice-outcome-unknown = ❓ <b>{ $name }: outcome of a write unknown.</b> Nothing else acts on it until the exchange shows what happened. { $detail }
notice-outcome-resolved = 🟢 <b>{ $name }</b>: outcome clarified. { $detail }
notice-drift-opened = ℹ️ <b>{ $name }</b>: position opened elsewhere; now watched.
notice-drift-closed = ℹ️ <b>{ $name }</b>: position closed elsewhere.
notice-drift-resized = ℹ️ <b>{ $name }</b>: size changed elsewhere.
notice-drift-recollateralised = ℹ️ <b>{ $name }</b>: collateral changed elsewhere.
notice-stale = 🟠 <b>Data too old</b> ({ $what }, { $age }): nothing is decided on it until it is fresh.
data-account = account
notice-fresh = 🟢 Data is fresh again.
notice-weights-unknown = ⚠️ No candles for { $names }: weight 1 is used. Set one in /settings.
notice-settings-changed = ⚙️ { $name } changed <code>{ $key }</code>: { $from } → <b>{ $to }</b>
notice-halted = ⛔ <b>HALTED</b> – nothing is written to the exchange. { $reason }
notice-resumed = 🟢 No longer halted. { $reason }

## Daily statistics

daily-title = 📅 <b>{ $day } (UTC)</b>
daily-equity = Equity
daily-change = Change
daily-adjustments = Adjustments
daily-moved = Moved
daily-emergencies = Emergencies
daily-liquidations = Reductions
daily-closed = Closed
daily-failed = Failed writes
daily-worst = Lowest rate: <b>{ $name }</b> { $rate }

## Commands: what each does, and how it is written

command-start = Say hello
usage-start = /start
command-help = What the bot can do
usage-help = /help [command]
command-status = Account, mode and health at a glance
usage-status = /status
command-positions = Positions, worst first, or one in full
usage-positions = /positions [symbol]
command-plan = Liquidation plans waiting for a decision
usage-plan = /plan
command-rebalance = Plan a rebalance and run it
usage-rebalance = /rebalance
command-dryrun = Dry run: show or switch
usage-dryrun = /dryrun [on|off]
command-settings = Thresholds, weights, priorities and more
usage-settings = /settings
command-language = Choose the language
usage-language = /language
command-cancel = Leave a question without answering it
usage-cancel = /cancel

command-usage = <code>{ $usage }</code>
    { $about }.
command-unknown = I do not know <code>/{ $name }</code>. See /help.
command-unknown-near = I do not know <code>/{ $name }</code>. Did you mean /{ $near }?
command-forbidden = <code>/{ $name }</code> is for the role “{ $role }” and above.
help-title = <b>Ballast</b> keeps isolated-margin positions alive: it moves collateral by risk, tops up in an emergency, and asks before it reduces.
help-group-reads = <b>See</b>
help-group-acts = <b>Configure</b>
help-group-risky = <b>Act</b>
help-line = <code>{ $usage }</code> – { $about }
help-more = <i>Alerts carry their own buttons. /help command shows one of them.</i>

## Start, pairing, dialogues

start-hello = 👋 Hello { $name }, you are <b>{ $role }</b> here.
start-hint = All commands: /help
pair-done = ✅ Paired: you are the <b>owner</b>. Begin with /start.
pair-wrong = ✗ Wrong code. { $left ->
    [0] No tries left: restart the bot for a new code.
    [one] 1 try left.
   *[other] { $left } tries left.
  }
dialogue-left = ✖️ Left as it was.
dialogue-none = There is nothing to cancel.
dialogue-given-up = Still no usable value: left as it was. Start again with /settings.
stale-dropped = ⏱ { $n ->
    [one] 1 command
   *[other] { $n } commands
  } sent while I was away { $n ->
    [one] was
   *[other] were
  } dropped. Send again what still holds.
text-unknown = I act on commands and buttons only. See /help.
error-internal = ⚠️ Something went wrong on my side; it is in the log. Check /status before you try again.
error-busy = ⚠️ Too much is under way right now. Try again in a moment.

## Buttons and their answers

button-positions = Positions
button-status = Status
button-refresh = 🔄 Refresh
button-run = ▶️ Run
button-cancel = Cancel
button-replan = New plan
button-approve = Approve
button-reject = Reject
button-undo = ↩️ Undo
button-back = ‹ Back
button-leave = Cancel
button-language-auto = Follow Telegram
button-dry-run-continue = Continue
button-dry-run-off = Trade for real
button-dry-run-keep = Keep dry run
button-working = Working …
button-outdated = This button is outdated. Ask again with a command.
button-forbidden = This is for the role “{ $role }” and above.
ticket-used = Already decided by { $name } at { $time } UTC.
ticket-expired = Expired: nothing was done. Ask again.
ticket-foreign = This button belongs to somebody else or to another message.
ticket-unknown = This button is no longer valid. Ask again.
menu-outdated = The menu has changed. Here it is anew.

## Dry run

dry-run-is-on = 🧪 Dry run is <b>on</b>: everything is read, nothing is sent. <code>/dryrun off</code> starts real writes.
dry-run-is-off = Dry run is <b>off</b>: collateral moves and reductions are real. <code>/dryrun on</code> stops them.
dry-run-on = 🧪 Dry run is <b>on</b>: from now on nothing is sent to the exchange.
dry-run-off = ⚡ Dry run is <b>off</b>: from now on Ballast writes to the exchange. Switched by { $name }.
dry-run-kept = 🧪 Dry run stays <b>on</b>.
dry-run-pinned = 🧪 Ballast was started with <code>--dry-run</code>: it stays on until a restart without it.
dry-run-ask-first = ⚠️ <b>Switch dry run off?</b> Ballast will then move collateral and reduce positions for real.
dry-run-ask-second = ⚡ <b>Really?</b> From the next check on, writes go to the exchange without asking again, except reductions if they need approval.

## Language

language-ask = Which language?
language-set = Language: <b>{ $language }</b>
language-auto = Following Telegram: <b>{ $language }</b>

## Settings

settings-title = ⚙️ <b>Settings</b>
settings-overrides = { $n ->
    [0] All values are those of the configuration file.
    [one] 1 value changed in chat, marked ✎.
   *[other] { $n } values changed in chat, marked ✎.
  }
settings-hint = <i>Choose one to change it. Changes apply at once.</i>
settings-choose = <i>Choose a value.</i>
settings-table-empty = Nothing to set: there are no positions.
section-thresholds = 📏 <b>Thresholds</b>
section-liquidation = 🛟 <b>Reductions</b>
section-allocation = ⚖️ <b>Allocation</b>
section-monitor = 📡 <b>Monitoring</b>
section-risk_weights = 🏋️ <b>Risk weights</b> (BTC = 1)
section-position_priority = 🥇 <b>Priorities</b> – higher survives longer
button-section-thresholds = Thresholds
button-section-liquidation = Reductions
button-section-allocation = Allocation
button-section-monitor = Monitoring
button-section-risk_weights = Risk weights
button-section-position_priority = Priorities
setting-line = { $name }: <b>{ $value }</b>
setting-line-changed = ✎ <i>{ $name }</i>
setting-emergency_margin_rate = Emergency margin rate
setting-relative_trigger = Relative trigger
setting-price_spike_pct = Price spike
setting-account_margin_rate_warning = Account warning
setting-min_adjustment_usdt = Smallest move
setting-min_deviation_pct = Smallest deviation
setting-dry_run = Dry run
setting-enabled = Reduce positions
setting-require_confirmation = Ask before reducing
setting-max_single_close_pct = Most closed at once
setting-cooldown_seconds = Pause between reductions
setting-safety_margin_multiplier = Safety margin multiplier
setting-mode = Allocation mode
setting-reserve_usdt = Reserve
setting-poll_interval_sec = Check interval
setting-volatility_update_hours = Volatility refresh
setting-volatility_lookback_days = Volatility look-back
setting-subscription = Price streams
setting-weight = Risk weight of { $name }
setting-priority = Priority of { $name }
setting-priority-default = Default priority
priority-default = Default
option-equal_distance = Equal distance
option-risk_weight = Notional × weight
option-smart = Positions at risk
option-all = All positions
entry-own = ✎
entry-derived-risk_weights = measured
entry-derived-position_priority = default
value-on = on
value-off = off
value-none = none
unit-pct = { $n } %
unit-usd = { $n } USD
unit-seconds = { $n } s
unit-hours = { $n } h
unit-days = { $n } d
unit-times = { $n } ×
unit-share = { $n }
unit-plain = { $n }
limits-range = { $min } to { $max }
limits-above = above { $min }, at most { $max }
limits-between = above { $min }, below { $max }
limits-whole = a whole number, { $range }
setting-ask = ✏️ <b>{ $name }</b>
    Now: <b>{ $value }</b>
    Send a new value ({ $limits }), or /cancel.
setting-ask-remove = Send <code>-</code> to remove the own value.
setting-changed = ✅ <b>{ $name }</b>: { $from } → <b>{ $to }</b>
setting-invalid = ✗ <b>{ $name }</b> takes { $limits }. Send another value, or /cancel.
setting-refused = ✗ <b>{ $name }</b> was not changed. { $expected }
setting-undone = ↩️ <b>{ $name }</b>: { $from } → <b>{ $to }</b>
    <i>{ $by } · { $time } UTC</i>
setting-undo-gone = ⌛ This change can no longer be undone here. See /settings.
