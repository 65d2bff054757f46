## 再平衡

rebalance-title = ⚖️ <b>再平衡：{ $n } 筆調整</b>
rebalance-changed = 🔄 行情或帳戶變動太大，先前的計畫沒有執行。以下是新計畫。
rebalance-changed-move = • { $name }：{ $before } → <b>{ $after } USD</b>
rebalance-changed-total = • 合計調整：{ $before } → <b>{ $after } USD</b>
rebalance-changed-more = • 另有 { $n } 項
rebalance-why-equal_distance = 讓各倉位的風險加權強平距離一致。先減後增。
rebalance-why-risk_weight = 依名義價值 × 風險權重分配保證金。先減後增。
rebalance-free = 可用餘額：{ $before } → <b>{ $after }</b>
rebalance-skipped = { $n } 個倉位的差距低於門檻，不調整。
rebalance-expires = <i>{ $span }內有效；按下執行時會再檢查一次。</i>
rebalance-nothing = ✅ 無須調整。{ $skipped ->
    [0] 所有倉位都在目標上。
   *[other] { $skipped } 個倉位與目標的差距低於門檻。
  }可用餘額 { $free }。
rebalance-running = ⏳ 執行中，由 { $name } 於 { $time } 啟動…
rebalance-cancelled = ✖️ { $name } 於 { $time } 取消。
rebalance-expired = ⌛ 逾時未決定，已失效。
rebalance-gone = ⌛ 此計畫已失效（逾時，或程式重新啟動）。沒有執行任何動作。
rebalance-ran = ⚖️ <b>再平衡：完成 { $done }/{ $total } 筆</b>
rebalance-rehearsed = 🧪 <b>模擬執行：原本會送出 { $done }/{ $total } 筆</b>
unavailable-no_snapshot = 尚未讀取帳戶資料，請稍候再試。
unavailable-stale_marks = 報價或帳戶資料過舊，無法據以決策。沒有執行任何動作。
unavailable-balance_unknown = 交易所尚未回報可用餘額，請稍候再試。
unavailable-halted = ⛔ 已熔斷，不做任何決策。請見 /status。
unavailable-busy = 另一次執行或緊急處理正在進行，請稍候再試。
unavailable-no_positions = 目前沒有持倉。
