## 成員與第二重驗證

users-title = 👥 <b>成員</b>（{ $n }）
users-line = { $mark } <b>{ $name }</b> · { $role }
users-hint = <i>選擇成員以變更或移除，或以一次性代碼邀請。</i>
users-invitation = 🎟 新<b>{ $role }</b>的一次性代碼：請對方向 @{ $bot } 傳送 <code>/pair { $code }</code>。{ $span }內有效，限用一次。
users-ask-role = 👥 將 <b>{ $name }</b> 改為{ $role }？
users-ask-remove = 👥 移除 <b>{ $name }</b>？將立即失去所有權限。
users-changed = ✅ <b>{ $name }</b> 現在是{ $role }。
users-removed = ✅ 已移除 <b>{ $name }</b>。
users-gone = <b>{ $name }</b> 已不在名單中。
users-fixed = 🔒 <b>{ $name }</b> 是設定檔指定的擁有者，只能由設定檔變更。
users-self = <b>{ $name }</b>，您無法變更自己，請由其他擁有者操作。
users-factor-yes = 🔐 已設定第二重驗證。
users-factor-no = 尚未設定第二重驗證。
button-invite = 🎟 邀請{ $role }
button-role = 改為{ $role }
button-remove = 移除
button-change = 變更
rate-limited = 🐢 操作太快，請稍等幾秒。

factor-title = 🔐 <b>第二重驗證</b>
factor-own-yes = 您已設定。
factor-own-no = 您尚未設定。
factor-line = { $name }：<b>{ $state }</b>
factor-hint = <i>開啟的項目按下按鈕後需輸入六位數驗證碼，正確後五分鐘內免再輸入。密鑰僅顯示於終端機。</i>
factor-shown = 📟 QR 碼已顯示於執行 Ballast 的終端機。掃描後請在十分鐘內傳送六位數驗證碼。
factor-enrolled = ✅ 第二重驗證設定完成。含驗證碼的訊息已刪除。
factor-enrol-first = 請先設定您自己的第二重驗證，否則之後無法關閉。
factor-ask = 🔐 請在一分鐘內傳送六位數驗證碼。
factor-missing = 🔐 此操作需第二重驗證，您尚未設定。請在 /settings 設定。沒有執行任何動作。
factor-late = ⌛ 未在時限內收到驗證碼，沒有執行任何動作。請重新操作。
factor-wrong = ✗ 驗證碼錯誤。{ $left ->
    [0] 請重新開始。
   *[other] 還可再試 { $left } 次。
  }
factor-locked = ⛔ 錯誤次數過多，鎖定 { $span }。沒有執行任何動作。
button-enrol = 📟 在終端機顯示 QR 碼
guard-acts = 手動操作
guard-plans = 減倉計畫
guard-resume = 恢復運作
guard-dry_run = 關閉模擬執行
guard-settings = 整組設定與復原
guard-people = 成員
