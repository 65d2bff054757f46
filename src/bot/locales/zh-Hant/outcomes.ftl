## 結果

outcome-rejected = ✗ <b>{ $name }</b>：交易所拒絕，{ $reason }
outcome-denied = ✗ <b>{ $name }</b>：未送出，{ $reason }
outcome-unknown = ❓ <b>{ $name }</b>：結果未知，查證中，{ $reason }
