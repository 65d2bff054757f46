## 緊急追加保證金

emergency-title = 🔴 <b>緊急追加保證金：{ $names }</b>
emergency-title-dry = 🧪 <b>模擬執行，緊急狀況：{ $names }</b>，未送出任何指令
emergency-state = <b>{ $name }</b> · 保證金率 { $rate } · 距強平 { $distance }
emergency-title-failed = 🔴 <b>緊急狀況：{ $names } 未能追加保證金</b>
emergency-title-unknown = 🔴 <b>緊急狀況：{ $names }</b>，追加保證金已送出，結果尚不清楚
emergency-missing = ⚠️ 要回到安全水位還需保證金，可用餘額與其他倉位都無法提供：<b>{ $missing }</b> USD

## 通知

notice-started = 🟢 <b>Ballast 運行中</b>，共 { $n } 個倉位。
notice-started-dry = 🟢 <b>Ballast 運行中</b>，共 { $n } 個倉位。
    🧪 模擬執行：不會對交易所送出任何指令。
notice-started-warning = ⚠️ { $text }
notice-stopped = ⚪ <b>Ballast 即將停止</b>（{ $reason }）。重新啟動前不會監控倉位。
notice-stopped-in-flight = ❓ 有 { $n } 筆操作結果未知，下次啟動時查證。
notice-adjusted = ⚖️ <b>已調整 { $n } 個倉位</b>（{ $why }）
notice-adjusted-dry = 🧪 <b>模擬執行：{ $n } 筆調整</b>（{ $why }），未送出
notice-free = 可用餘額 { $free }
notice-by = <i>操作者：{ $name }</i>
trigger-scheduled = 定期
trigger-emergency = 緊急
trigger-manual = 手動
notice-account-warning = 🟠 <b>帳戶保證金率 { $rate }</b>，低於 { $limit }。請考慮入金或減倉：/status
notice-account-recovered = 🟢 帳戶保證金率已回到 { $rate }。
notice-venue-trouble = 🔴 <b>交易所沒有回應</b>：「{ $call }」連續失敗 { $n } 次。{ $reason }
notice-venue-recovered = 🟢 交易所已恢復回應。
notice-outcome-unknown = ❓ <b>{ $name }：有一筆操作結果未知。</b>查明之前不再動這個倉位。{ $detail }
notice-outcome-resolved = 🟢 <b>{ $name }</b>：結果已查明。{ $detail }
notice-drift-opened = ℹ️ <b>{ $name }</b>：外部新開倉，已納入監控。
notice-drift-closed = ℹ️ <b>{ $name }</b>：已在外部平倉。
notice-drift-resized = ℹ️ <b>{ $name }</b>：倉位大小在外部變動。
notice-drift-recollateralised = ℹ️ <b>{ $name }</b>：保證金在外部變動。
notice-stale = 🟠 <b>資料過舊</b>（{ $what }，{ $age }）：更新之前不據以決策。
data-account = 帳戶
notice-fresh = 🟢 資料已恢復更新。
notice-weights-unknown = ⚠️ { $names } 沒有 K 線資料：暫用權重 1，可在 /settings 自訂。
notice-setting-dropped = ⚠️ <b>已儲存的設定不再適用，已捨棄：</b><code>{ $keys }</code>。改用設定檔裡的值，並已開啟 🧪 模擬執行。請檢查 /settings，再用 /dryrun off 關閉。
notice-roll-interrupted = ⚠️ <b>Ballast 停止時，{ $name } 的滾動被中斷。</b>不會自動重開：已平且未重開的部分變為減倉。請查看 /positions。
notice-settings-changed = ⚙️ { $name } 已變更 <code>{ $key }</code>：{ $from } → <b>{ $to }</b>
notice-halted = ⛔ <b>已熔斷</b>：不會對交易所送出任何指令。{ $reason }
notice-resumed = 🟢 熔斷已解除。{ $reason }
notice-liquidated = 🔴 <b>{ $name } { $side }已被交易所強平</b>，價格約 { $price }，倉內保證金 { $collateral } USD。
notice-liquidated-many = 🔴 <b>{ $n } 個倉位已被交易所強平</b>，倉內保證金共 { $collateral } USD。
