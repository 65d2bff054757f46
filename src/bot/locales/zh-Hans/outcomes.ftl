## 结果

outcome-rejected = ✗ <b>{ $name }</b>：交易所拒绝，{ $reason }
outcome-denied = ✗ <b>{ $name }</b>：未发送，{ $reason }
outcome-unknown = ❓ <b>{ $name }</b>：结果未知，核实中，{ $reason }
