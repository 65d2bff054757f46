## 模式橫幅

banner-halted = ⛔ <b>已熔斷</b>：不會對交易所送出任何指令。{ $reason }
banner-reducing = ⚠️ <b>僅限降風險</b>：只執行降低風險的動作。{ $reason }
banner-dry-run = 🧪 <b>模擬執行</b>：不會對交易所送出任何指令。
banner-simulated = 🎮 模擬交易所。

## 狀態

status-title = { $dot } <b>帳戶保證金率 { $rate }</b>
status-title-warning = { $dot } <b>帳戶保證金率 { $rate }</b>，低於警戒線
status-title-unknown = ⚪ <b>帳戶保證金率未知</b>：尚未取得可用餘額
status-title-empty = ⚪ <b>目前沒有持倉</b>
status-title-starting = ⏳ <b>啟動中</b>，尚未讀到帳戶
status-equity = 權益
status-free = 可用餘額
status-collateral = 保證金
status-pnl = 未實現損益
status-notional = 名義價值
status-lost = 💥 <b>今日強平：{ $n } 個，−{ $lost } USD</b>
status-worst = 最危險：<b>{ $name } { $side }</b> { $rate } · 距強平 { $distance }
status-feed-up = 報價 { $feedAge }前 · 帳戶資料 { $snapshotAge }前 · 即時訂閱 { $streamed }/{ $positions }
status-feed-down = ⚠️ 報價串流中斷 · 報價 { $feedAge }前 · 帳戶資料 { $snapshotAge }前
status-oldest = ⏱ 最舊報價：{ $name }，{ $age }前
status-cycle = { $next }後進行下一次檢查
status-cycle-none = 尚未執行過檢查
status-plans = 🔴 有 { $n } 個減倉計畫等待決定：/plan
status-unknown = ❓ 有 { $n } 筆操作結果未知：相關倉位暫不動作
status-failures = ⚠️ 連續 { $n } 次讀取交易所失敗
status-about = <i>{ $venue } · Ballast { $version } · 已運行 { $uptime }</i>
venue-simulator = 交易所模擬器
