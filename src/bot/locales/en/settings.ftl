## Settings

settings-title = ⚙️ <b>Settings</b>
settings-overrides = { $n ->
    [0] No value has been changed in chat.
    [one] 1 value changed in chat, marked ✎.
   *[other] { $n } values changed in chat, marked ✎.
  }
settings-hint = <i>Choose one to change it. Changes apply at once.</i>
settings-choose = <i>Choose a value.</i>
settings-table-empty = Nothing to set: there are no positions.
section-thresholds = 📏 <b>Thresholds</b>
section-liquidation = 🛟 <b>Reductions</b>
section-harvest = 🌾 <b>Locked profit</b>, realised when collateral runs out
section-allocation = ⚖️ <b>Allocation</b>
section-monitor = 📡 <b>Monitoring</b>
section-risk_weights = 🏋️ <b>Risk weights</b> (BTC = 1)
section-position_priority = 🥇 <b>Priorities</b> – higher survives longer
button-section-thresholds = Thresholds
button-section-liquidation = Reductions
button-section-harvest = Locked profit
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
setting-fall_minutes = Minutes of the present fall to leave room for
setting-four_eyes_notional_usdt = Two people above
setting-harvest_mode = Realising profit
setting-harvest_below_distance_pct = Below an even distance of
setting-harvest_cooldown_seconds = Pause between rounds
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
option-reduce = Reduce winners
option-roll = Roll winners (close and open again)
option-smart = Positions at risk
option-all = All positions
entry-own = set
entry-derived-risk_weights = measured
entry-derived-position_priority = default
value-on = on
value-off = off
value-none = none
unit-pct = { $n } %
unit-usd = { $n } USD
unit-seconds = { $n } s
unit-minutes = { $n } min
unit-minutes-part = { $n } min ({ $seconds } s)
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
setting-invalid = ✗ <b>{ $name }</b> takes { $limits }. Send a number such as <code>{ $example }</code>, or /cancel.
setting-refused = ✗ <b>{ $name }</b> was not changed. { $expected }
setting-undo-gone = ⌛ This change can no longer be undone here. See /settings.
