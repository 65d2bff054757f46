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
position-as-of = <i>as of { $time } · mark { $age } old</i>
position-unknown = There is no position in <b>{ $name }</b>. See /positions for all of them.
position-unknown-near = There is no position in <b>{ $name }</b>. Did you mean <code>/{ $command } { $near }</code>?
position-ambiguous = <b>{ $name }</b> is held in more than one currency: { $symbols }. Give the full symbol.
weight-configured = set
weight-measured = measured
weight-stale = old
weight-default = default
