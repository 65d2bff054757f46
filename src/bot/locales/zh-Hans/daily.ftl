## 每日统计

daily-title = 📅 <b>{ $day }（UTC）</b>
daily-equity = 权益
daily-change = 变动
daily-adjustments = 调整次数
daily-moved = 调拨金额
daily-emergencies = 紧急追加
daily-liquidations = 减仓次数
daily-closed = 平仓价值
daily-failed = 失败操作
daily-worst = 最低保证金率：<b>{ $name }</b> { $rate }
daily-lost = 被交易所强平
