## Banners

banner-halted = ⛔ <b>HALTED</b> – nothing is written to the exchange. { $reason }
banner-reducing = ⚠️ <b>REDUCING</b> – only risk-lowering actions. { $reason }
banner-dry-run = 🧪 <b>DRY RUN</b> – nothing is sent to the exchange.
banner-simulated = 🎮 Simulated exchange.

## Status

status-title = { $dot } <b>Account margin rate { $rate }</b>
status-title-warning = { $dot } <b>Account margin rate { $rate }</b> – below the warning level
status-title-unknown = ⚪ <b>Account margin rate unknown</b> – the free balance has not been read yet
status-title-empty = ⚪ <b>No open positions</b>
status-title-starting = ⏳ <b>Starting</b> – the account has not been read yet
status-equity = Equity
status-free = Free
status-collateral = Collateral
status-pnl = Unrealised
status-notional = Notional
status-lost = 💥 <b>Liquidated today: { $n }, −{ $lost } USD</b>
status-worst = Worst: <b>{ $name } { $side }</b> { $rate } · { $distance } from liquidation
status-feed-up = Prices { $feedAge } old · account { $snapshotAge } old · { $streamed } of { $positions } streamed
status-feed-down = ⚠️ Price feed is down · prices { $feedAge } old · account { $snapshotAge } old
status-oldest = ⏱ Oldest price: { $name }, { $age } old
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
venue-simulator = exchange simulator
