## Emergencies

emergency-title = 🔴 <b>Emergency top-up: { $names }</b>
emergency-title-dry = 🧪 <b>Dry run, emergency: { $names }</b> – nothing was sent
emergency-state = <b>{ $name }</b> · rate { $rate } · { $distance } from liquidation
emergency-title-failed = 🔴 <b>Emergency: { $names } could not be topped up</b>
emergency-title-unknown = 🔴 <b>Emergency: { $names }</b> – a top-up was sent, its outcome is not known yet
emergency-missing = ⚠️ More collateral is needed for a safe margin; neither the free balance nor other positions could give it: <b>{ $missing }</b> USD

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
notice-setting-dropped = ⚠️ <b>Saved settings no longer fit and were dropped:</b> <code>{ $keys }</code>. The configuration file’s values count in their place, and 🧪 dry run is on. Check /settings, then /dryrun off.
notice-roll-interrupted = ⚠️ <b>A roll of { $name } was cut off when Ballast stopped.</b> Nothing is opened again by itself: what was closed and is not open again has become a reduction. See /positions.
notice-settings-changed = ⚙️ { $name } changed <code>{ $key }</code>: { $from } → <b>{ $to }</b>
notice-halted = ⛔ <b>HALTED</b> – nothing is written to the exchange. { $reason }
notice-resumed = 🟢 No longer halted. { $reason }
notice-liquidated = 🔴 <b>{ $name } { $side } was liquidated</b> by the exchange near { $price }. { $collateral } USD of collateral was in it.
notice-liquidated-many = 🔴 <b>{ $n } positions were liquidated</b> by the exchange. { $collateral } USD of collateral was in them.
