## 暂停与熔断

banner-paused = ⏸ <b>已暂停</b>（{ $name }，{ $since }起），不发送任何指令。
banner-paused-until = ⏸ <b>已暂停</b>（{ $name }，{ $since }起，至 { $until }），不发送任何指令。
pause-means = 紧急追加也会停止，直到有人恢复。之前已发出的仍会完成。
panic-title = 🚨 <b>已全部停止</b>
panic-offer = 当前杠杆 { $leverage }。要全部减仓吗？会先显示方案。
resume-ask = ▶️ <b>要恢复吗？</b>恢复后会重新自动追加和调拨保证金。
resume-done = ▶️ { $name } 于 { $time } <b>恢复运行</b>。
resume-not-paused = ✅ 当前没有暂停。
resume-halted = ⛔ 暂停已结束，但系统仍在熔断。请再发一次 /resume 解除熔断。
resume-halted-itself = ⛔ 原因消除后会自动解除熔断。见 /status。
halt-ask-first = ⛔ <b>要解除熔断吗？</b>请先确认原因已消除。
halt-ask-second = ⚠️ <b>确定吗？</b>解除后会重新自动操作。
halt-cleared = ▶️ { $name } 于 { $time } <b>解除熔断</b>。
halt-none = ✅ 当前没有熔断。
halt-holds = ⛔ 仍在熔断：原因尚未消除。
halt-equity_unknown = 可用余额过久未知。
halt-blind = 没有实时行情，交易所也没有响应。
halt-clock_skew = 本机时间与交易所相差过大。
halt-key_rejected = 交易所不再接受 API 密钥。
halt-contested = 有其他程序一直撤销本系统的操作。
notice-paused = ⏸ <b>{ $name } 已暂停</b>：恢复前不发送任何指令。
notice-paused-until = ⏸ <b>{ $name } 已暂停</b>至 { $until }：期间不发送任何指令。
notice-unpaused = ▶️ { $name } <b>已恢复运行</b>。
notice-reduced = ✂️ <b>手动减仓</b>（{ $name }）
unavailable-paused = ⏸ 暂停中，不发送任何指令。见 /resume。
unavailable-unknown_symbol = 该仓位已不存在。见 /positions。
