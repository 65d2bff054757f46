## Alerts about positions

alert-title-critical = 🔴 <b>Close to liquidation: { $names }</b>
alert-title-warning = 🟠 <b>Margin is getting thin: { $names }</b>
alert-title-notice = 🟡 <b>Worth a look: { $names }</b>
alert-proposal = ↳ { $usd } USD more collateral would bring it to { $rate }.
alert-rest = <i>and { $n } more: /positions</i>
alert-over = 🟢 Alert over at { $time }.
alert-over-of = 🟢 Alert over at { $time }: { $names }
alert-gone = ⚪ Alert ended at { $time }: { $names } no longer open.
alert-continued = ⬇️ Continued below at { $time }.
alert-snoozed = 💤 Snoozed by { $name } until { $time }, unless it gets worse.
alert-snoozed-toast = Snoozed until { $time }, unless it gets worse.
alert-button-topup = ➕ { $name }
alert-button-reduce = ✂️ { $name } −25 %
alert-button-close = 🛑 Close { $name }
alert-button-snooze = 💤 Snooze 1 h
digest-title = 🗞 <b>{ $n ->
    [one] 1 message
   *[other] { $n } messages
  } gathered for you</b>
