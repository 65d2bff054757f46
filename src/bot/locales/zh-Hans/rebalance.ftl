## 再平衡

rebalance-title = ⚖️ <b>再平衡：{ $n } 笔调整</b>
rebalance-changed = 🔄 行情或账户变化太大，刚才的方案没有执行。下面是新方案。
rebalance-changed-move = • { $name }：{ $before } → <b>{ $after } USD</b>
rebalance-changed-total = • 合计调整：{ $before } → <b>{ $after } USD</b>
rebalance-changed-more = • 另有 { $n } 项
rebalance-why-equal_distance = 把各仓位的风险加权强平距离拉平。先减后加。
rebalance-why-risk_weight = 按名义价值 × 风险权重分配保证金。先减后加。
rebalance-free = 可用余额：{ $before } → <b>{ $after }</b>
rebalance-skipped = { $n } 个仓位偏差低于阈值，不动。
rebalance-expires = <i>{ $span }内有效；点执行时会再核对一次。</i>
rebalance-nothing = ✅ 无需调整。{ $skipped ->
    [0] 所有仓位都在目标上。
   *[other] { $skipped } 个仓位有偏差，但低于阈值。
  }可用余额 { $free }。
rebalance-running = ⏳ 执行中，{ $name } 于 { $time } 发起…
rebalance-cancelled = ✖️ { $name } 于 { $time } 取消。
rebalance-expired = ⌛ 超时未处理，已失效。
rebalance-gone = ⌛ 这个方案已失效（超时，或程序重启过）。没有执行任何操作。
rebalance-ran = ⚖️ <b>再平衡：完成 { $done }/{ $total } 笔</b>
rebalance-rehearsed = 🧪 <b>模拟运行：本应发送 { $done }/{ $total } 笔</b>
unavailable-no_snapshot = 还没读到账户数据，请稍后再试。
unavailable-stale_marks = 行情或账户数据太旧，不能据此操作。没有执行任何操作。
unavailable-balance_unknown = 交易所还没返回可用余额，请稍后再试。
unavailable-halted = ⛔ 已熔断。详见 /status。
unavailable-busy = 正在执行另一次调整或紧急处理，请稍后再试。
unavailable-no_positions = 当前无持仓。
