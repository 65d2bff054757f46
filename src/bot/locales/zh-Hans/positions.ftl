## 持仓

positions-title = <b>持仓 { $from }–{ $to }，共 { $total } 个</b> · 最危险的在前
positions-none = 当前无持仓。
positions-fenced = 🔒 { $names }：上一笔操作结果未知，查清前不再动。
positions-unpriced = ❓ { $names }：暂无标记价格。
position-title = { $dot } <b>{ $name } { $side }</b> · 保证金率 <b>{ $rate }</b> · 距强平 { $distance }
position-collateral = 保证金
position-target = 目标
position-pnl = 未实现盈亏
position-notional = 名义价值
position-quantity = 数量
position-entry = 开仓均价
position-mark = 标记价格
position-liquidation = 强平价格
position-maintenance = 维持保证金率
position-weight = 风险权重
position-priority = 优先级
position-as-of = <i>截至 { $time } · 标记价格 { $age }前</i>
position-unknown = 没有 <b>{ $name }</b> 的持仓。全部持仓见 /positions。
position-unknown-near = 没有 <b>{ $name }</b> 的持仓。是不是 <code>/{ $command } { $near }</code>？
position-ambiguous = <b>{ $name }</b> 有多个计价币种：{ $symbols }。请输入完整代码。
weight-configured = 自设
weight-measured = 实测
weight-stale = 旧值
weight-default = 默认
