## 按鈕與回應

button-positions = 持倉
button-status = 狀態
button-refresh = 🔄 更新
button-run = ▶️ 執行
button-cancel = 取消
button-replan = 重新規劃
button-approve = 核准
button-reject = 否決
button-undo = ↩️ 復原
button-back = ‹ 返回
button-leave = 取消
button-language-auto = 跟隨 Telegram
button-dry-run-continue = 繼續
button-dry-run-off = 正式執行
button-dry-run-keep = 維持模擬執行
button-working = 處理中…
button-outdated = 這個按鈕已過期，請重新輸入指令。
button-forbidden = 需要「{ $role }」以上的角色。
ticket-used = 已由 { $name } 於 { $time } 決定。
ticket-expired = 已逾時，沒有執行任何動作。請重新操作。
ticket-foreign = 這個按鈕屬於其他人或另一則訊息。
ticket-unknown = 這個按鈕已失效，請重新操作。
menu-outdated = 選單已變動，這是最新的內容。
