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
daily-lost = Liquidated by the exchange
