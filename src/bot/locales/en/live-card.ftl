## Live card

card-title = { $dot } <b>Margin rate { $rate }</b> · free { $free }
card-empty = No open positions.
card-starting = ⏳ <b>Starting</b> – the account has not been read yet.
card-rest = <i>and { $n } more: /positions</i>
card-feed-live = 📡 Prices are live
card-feed-slow = 📡 Prices are some seconds old
card-feed-minutes = ⚠️ Prices are { $n } min old
card-feed-down = ⚠️ Price feed is down
card-stopped = ⚪ <b>Ballast is not running</b> since { $time }. Positions are not watched.
