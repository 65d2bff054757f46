## 模式横幅

banner-halted = ⛔ <b>已熔断</b>：不再向交易所发送任何指令。{ $reason }
banner-reducing = ⚠️ <b>只减不加</b>：只执行降低风险的操作。{ $reason }
banner-dry-run = 🧪 <b>模拟运行</b>：不向交易所发送任何指令。
banner-simulated = 🎮 模拟交易所。

## 状态

status-title = { $dot } <b>账户保证金率 { $rate }</b>
status-title-warning = { $dot } <b>账户保证金率 { $rate }</b>，已低于预警线
status-title-unknown = ⚪ <b>账户保证金率未知</b>：还没读到可用余额
status-title-empty = ⚪ <b>当前无持仓</b>
status-title-starting = ⏳ <b>启动中</b>，尚未读到账户
status-equity = 权益
status-free = 可用余额
status-collateral = 保证金
status-pnl = 未实现盈亏
status-notional = 名义价值
status-lost = 💥 <b>今日强平：{ $n } 个，−{ $lost } USD</b>
status-worst = 最危险：<b>{ $name } { $side }</b> { $rate } · 距强平 { $distance }
status-feed-up = 行情 { $feedAge }前 · 账户 { $snapshotAge }前 · 实时订阅 { $streamed }/{ $positions }
status-feed-down = ⚠️ 行情推送中断 · 行情 { $feedAge }前 · 账户 { $snapshotAge }前
status-oldest = ⏱ 最旧行情：{ $name }，{ $age }前
status-cycle = { $next }后进行下一次检查
status-cycle-none = 尚未做过检查
status-plans = 🔴 { $n } 个减仓计划等待处理：/plan
status-unknown = ❓ { $n } 笔操作结果未知：相关仓位暂不再动
status-failures = ⚠️ 读取交易所连续失败 { $n } 次
status-about = <i>{ $venue } · Ballast { $version } · 已运行 { $uptime }</i>
venue-simulator = 交易所模拟器
