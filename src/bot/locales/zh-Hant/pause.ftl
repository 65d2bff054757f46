## 暫停與熔斷

banner-paused = ⏸ <b>已暫停</b>（{ $name }，{ $since }起），不會送出任何指令。
banner-paused-until = ⏸ <b>已暫停</b>（{ $name }，{ $since }起，至 { $until }），不會送出任何指令。
pause-means = 緊急追加也會停止，直到有人恢復。先前已送出的仍會完成。
panic-title = 🚨 <b>已全部停止</b>
panic-offer = 目前槓桿 { $leverage }。要全部減倉嗎？會先顯示計畫。
resume-ask = ▶️ <b>要恢復嗎？</b>恢復後會再次自動追加與調度保證金。
resume-done = ▶️ { $name } 於 { $time } <b>恢復運作</b>。
resume-not-paused = ✅ 目前沒有暫停。
resume-halted = ⛔ 暫停已結束，但系統仍在熔斷。請再送一次 /resume 解除熔斷。
resume-halted-itself = ⛔ 原因排除後會自動解除熔斷。請見 /status。
halt-ask-first = ⛔ <b>要解除熔斷嗎？</b>請先確認原因已排除。
halt-ask-second = ⚠️ <b>確定嗎？</b>解除後會再次自動操作。
halt-cleared = ▶️ { $name } 於 { $time } <b>解除熔斷</b>。
halt-none = ✅ 目前沒有熔斷。
halt-holds = ⛔ 仍在熔斷：原因尚未排除。
halt-equity_unknown = 可用餘額過久未知。
halt-blind = 沒有即時報價，交易所也沒有回應。
halt-clock_skew = 本機時間與交易所相差過大。
halt-key_rejected = 交易所不再接受 API 金鑰。
halt-contested = 有其他程式一直撤銷本系統的操作。
notice-paused = ⏸ <b>{ $name } 已暫停</b>：恢復前不會送出任何指令。
notice-paused-until = ⏸ <b>{ $name } 已暫停</b>至 { $until }：期間不會送出任何指令。
notice-unpaused = ▶️ { $name } <b>已恢復運作</b>。
notice-reduced = ✂️ <b>手動減倉</b>（{ $name }）
unavailable-paused = ⏸ 暫停中，不會送出任何指令。請見 /resume。
unavailable-unknown_symbol = 這個倉位已不存在。請見 /positions。
