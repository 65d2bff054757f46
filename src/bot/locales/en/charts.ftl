## Pictures

chart-title-margin = 📈 <b>Margin rates</b> · { $span }
chart-title-equity = 📈 <b>Equity</b> · { $span }
chart-title-price = 📈 <b>{ $name }</b> · { $span }
chart-title-collateral = 📈 <b>Collateral by position</b> · { $span }
chart-legend-margin = <i>Σ account · ⚡ emergency rate · ⚠ account warning</i>
chart-legend-equity = <i>Σ equity · ○ free balance</i>
chart-legend-price = <i>● mark price · ◆ entry · ✖ liquidation</i>
chart-legend-collateral = <i>Σ equity</i>
chart-span-24h = 24 h
chart-span-7d = 7 d
chart-margin = Rates
chart-equity = Equity
chart-collateral = Collateral
chart-drawing = Drawing …
chart-none = Pictures are switched off here.
chart-empty = There is not enough on record yet to draw. Try again in a few minutes.
button-chart = 📈 Chart
chart-failed = The picture could not be drawn. Try again in a moment; the figures are in /status and /positions.
