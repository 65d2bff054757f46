## 持倉

positions-title = <b>持倉 { $from }–{ $to }，共 { $total } 筆</b> · 最危險在前
positions-none = 目前沒有持倉。
positions-fenced = 🔒 { $names }：上一筆操作結果未知，暫不動作。
positions-unpriced = ❓ { $names }：尚無標記價格。
position-title = { $dot } <b>{ $name } { $side }</b> · 保證金率 <b>{ $rate }</b> · 距強平 { $distance }
position-collateral = 保證金
position-target = 目標
position-pnl = 未實現損益
position-notional = 名義價值
position-quantity = 數量
position-entry = 開倉均價
position-mark = 標記價格
position-liquidation = 強平價格
position-maintenance = 維持保證金率
position-weight = 風險權重
position-priority = 優先順序
position-as-of = <i>截至 { $time } · 標記價格 { $age }前</i>
position-unknown = 沒有 <b>{ $name }</b> 的持倉。用 /positions 查看全部。
position-unknown-near = 沒有 <b>{ $name }</b> 的持倉。您是指 <code>/{ $command } { $near }</code> 嗎？
position-ambiguous = <b>{ $name }</b> 有多種計價幣別：{ $symbols }。請輸入完整代號。
weight-configured = 自訂
weight-measured = 實測
weight-stale = 舊值
weight-default = 預設
