## 实时卡片

card-title = { $dot } <b>保证金率 { $rate }</b> · 可用 { $free }
card-empty = 当前没有持仓。
card-starting = ⏳ <b>启动中</b>，尚未读到账户。
card-rest = <i>另有 { $n } 个：/positions</i>
card-feed-live = 📡 价格实时更新
card-feed-slow = 📡 价格延迟数秒
card-feed-minutes = ⚠️ 价格已延迟 { $n } 分钟
card-feed-down = ⚠️ 价格来源中断
card-stopped = ⚪ <b>Ballast 自 { $time } 起停止运行</b>，持仓无人监看。
