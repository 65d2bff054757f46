## 開始、配對、對話

start-hello = 👋 { $name } 您好，您在這裡的角色是<b>{ $role }</b>。
start-hint = 所有指令：/help
pair-done = ✅ 配對完成，您是<b>{ $role }</b>。請從 /start 開始。
pair-wrong = ✗ 配對碼錯誤。{ $left ->
    [0] 已無剩餘次數，需要新的配對碼。
   *[other] 還可再試 { $left } 次。
  }
dialogue-left = ✖️ 維持原狀。
dialogue-none = 目前沒有可取消的事項。
dialogue-given-up = 仍未收到可用的數值，維持原狀。請用 /settings 重新開始。
stale-dropped = ⏱ 離線期間收到的 { $n } 個指令或按鈕操作已捨棄。仍需要的請重新操作。
text-unknown = 我只處理指令與按鈕。請見 /help。
error-internal = ⚠️ 程式發生錯誤，已寫入日誌。重試前請先查看 /status。
error-busy = ⚠️ 目前處理中的事項過多，請稍候再試。
