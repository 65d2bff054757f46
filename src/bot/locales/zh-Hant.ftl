### 使用者看得到的所有文字。可用 HTML；變數由程式跳脫。各語言的鍵必須一致，有測試比對。

## 時間長度

span-seconds = { $n } 秒
span-minutes = { $n } 分鐘
span-hours = { $h } 小時 { $m } 分
span-days = { $d } 天 { $h } 小時
late = ⏱ <i>延遲 { $age }送達</i>
as-of = <i>截至 { $time } UTC</i>
done-by = <i>{ $name } · { $time } UTC</i>

## 角色與方向

role-viewer = 檢視者
role-operator = 操作員
role-owner = 擁有者
side-long = 多單
side-short = 空單
side-short-long = 多
side-short-short = 空

## 模式橫幅

banner-halted = ⛔ <b>已停機</b>：不會對交易所送出任何寫入。{ $reason }
banner-reducing = ⚠️ <b>僅限降風險</b>：只執行降低風險的動作。{ $reason }
banner-dry-run = 🧪 <b>模擬執行</b>：不會對交易所送出任何指令。
banner-simulated = 🎮 模擬交易所。

## 欄位

column-rate = 比率
column-distance = 距離
column-collateral = 保證金
column-close = 平倉
column-notional = 名目
column-relieves = 緩解

## 狀態

status-title = 🟢 <b>帳戶保證金率 { $rate }</b>
status-title-warning = 🟠 <b>帳戶保證金率 { $rate }</b>，低於警戒線
status-title-unknown = ⚪ <b>帳戶保證金率未知</b>：尚未取得可用餘額
status-title-empty = ⚪ <b>目前沒有持倉</b>
status-equity = 權益
status-free = 可用餘額
status-collateral = 保證金
status-pnl = 未實現損益
status-notional = 名目價值
status-worst = 最危險：<b>{ $name } { $side }</b> { $rate } · 距強平 { $distance }
status-feed-up = 報價 { $feedAge }前 · 帳戶資料 { $snapshotAge }前 · 即時訂閱 { $streamed }/{ $positions }
status-feed-down = ⚠️ 報價串流中斷 · 報價 { $feedAge }前 · 帳戶資料 { $snapshotAge }前
status-cycle = { $next }後進行下一次檢查
status-cycle-none = 尚未執行過檢查
status-plans = 🔴 有 { $n } 個減倉計畫等待決定：/plan
status-unknown = ❓ 有 { $n } 筆寫入結果未知：相關倉位暫不動作
status-failures = ⚠️ 連續 { $n } 次讀取交易所失敗
status-about = <i>{ $venue } · Ballast { $version } · 已運行 { $uptime }</i>

## 持倉

positions-title = <b>持倉 { $from }–{ $to }，共 { $total } 筆</b> · 最危險在前
positions-none = 目前沒有持倉。
positions-fenced = 🔒 { $names }：上一筆寫入結果未知，暫不動作。
positions-unpriced = ❓ { $names }：尚無標記價格。
position-title = { $dot } <b>{ $name } { $side }</b> · 保證金率 <b>{ $rate }</b> · 距強平 { $distance }
position-collateral = 保證金
position-target = 目標
position-pnl = 未實現損益
position-notional = 名目價值
position-quantity = 數量
position-entry = 開倉均價
position-mark = 標記價格
position-liquidation = 強平價格
position-maintenance = 維持保證金率
position-weight = 風險權重
position-priority = 優先級
position-as-of = <i>截至 { $time } UTC · 標記價格 { $age }前</i>
position-unknown = 沒有 <b>{ $name }</b> 的持倉。用 /positions 查看全部。
position-unknown-near = 沒有 <b>{ $name }</b> 的持倉。您是指 <code>/positions { $near }</code> 嗎？
position-ambiguous = <b>{ $name }</b> 有多種計價幣別：{ $symbols }。請輸入完整代號。
weight-configured = 自訂
weight-measured = 實測
weight-stale = 舊值
weight-default = 預設

## 結果

outcome-rejected = ✗ <b>{ $name }</b>：交易所拒絕（{ $reason }）
outcome-denied = ✗ <b>{ $name }</b>：未送出（{ $reason }）
outcome-unknown = ❓ <b>{ $name }</b>：結果未知，查證中（{ $reason }）

## 再平衡

rebalance-title = ⚖️ <b>再平衡：{ $n } 筆調整</b>
rebalance-changed = 🔄 行情已變動，先前的計畫沒有執行。以下是新計畫。
rebalance-why-equal_distance = 讓各倉位的風險加權強平距離一致。先減後增。
rebalance-why-risk_weight = 依名目價值 × 風險權重分配保證金。先減後增。
rebalance-free = 可用餘額：{ $before } → <b>{ $after }</b>
rebalance-skipped = { $n } 個倉位的差距低於門檻，不調整。
rebalance-expires = <i>{ $span }內有效；按下執行時會再檢查一次。</i>
rebalance-nothing = ✅ 無須調整。{ $skipped ->
    [0] 所有倉位都在目標上。
   *[other] { $skipped } 個倉位與目標的差距低於門檻。
  }可用餘額 { $free }。
rebalance-running = ⏳ 執行中，由 { $name } 於 { $time } UTC 啟動…
rebalance-cancelled = ✖️ { $name } 於 { $time } UTC 取消。
rebalance-expired = ⌛ 逾時未決定，已失效。
rebalance-gone = ⌛ 此計畫已失效（逾時，或程式重新啟動）。沒有執行任何動作。
rebalance-ran = ⚖️ <b>再平衡完成：{ $done }/{ $total } 筆</b>
rebalance-rehearsed = 🧪 <b>模擬執行：原本會送出 { $done }/{ $total } 筆</b>
unavailable-no_snapshot = 尚未讀取帳戶資料，請稍候再試。
unavailable-stale_marks = 報價或帳戶資料過舊，無法據以決策。沒有執行任何動作。
unavailable-balance_unknown = 交易所尚未回報可用餘額，請稍候再試。
unavailable-halted = ⛔ 已停機，不做任何決策。請見 /status。
unavailable-busy = 另一次執行或緊急處理正在進行，請稍候再試。
unavailable-no_positions = 目前沒有持倉。

## 減倉計畫

plan-title-pending = 🔴 <b>帳戶保證金缺口 { $short } USD</b>，是否減倉 { $n } 個倉位？
plan-title-approved = 🟠 <b>減倉計畫已核准</b>
plan-title-running = 🟠 <b>減倉中：{ $n } 個倉位</b>
plan-title-done = ✅ <b>減倉計畫已執行</b>
plan-title-rejected = ✖️ <b>減倉計畫已否決</b>
plan-title-expired = ⌛ <b>減倉計畫已逾時</b>
plan-title-superseded = 🔄 <b>減倉計畫已不適用</b>
plan-title-rehearsed = 🧪 <b>模擬執行：帳戶保證金缺口 { $short } USD</b>
plan-account = 帳戶保證金率 { $rate } · 缺口 { $short } USD
plan-account-rate = 帳戶保證金率 { $rate }
plan-filled = { $name }：已平 { $filled }/{ $wanted }，均價 { $price }
plan-covers = 可完全補足缺口。
plan-remains = ⚠️ 執行後仍缺 <b>{ $remaining } USD</b>。
plan-state-pending = <i>{ $span }後失效。核准時會依最新行情再檢查一次。</i>
plan-state-pending-viewer = <i>{ $span }後失效。等待操作員決定。</i>
plan-state-approved = <i>已核准。</i>
plan-state-approved-by = <i>{ $name } 核准 · { $time } UTC</i>
plan-state-rejected = <i>已否決。</i>
plan-state-rejected-by = <i>{ $name } 否決 · { $time } UTC。沒有減倉。</i>
plan-state-running = <i>依設定免核准，執行中。</i>
plan-state-running-by = <i>{ $name } 核准 · { $time } UTC · 執行中…</i>
plan-state-done = <i>已完成。</i>
plan-state-done-by = <i>{ $name } 核准 · { $time } UTC · 已完成</i>
plan-state-expired = <i>無人及時決定。沒有減倉。</i>
plan-state-expired-by = <i>無人及時決定。沒有減倉。</i>
plan-state-superseded = <i>缺口已變動。沒有減倉。</i>
plan-state-superseded-by = <i>{ $name } 核准 · { $time } UTC，但缺口已變動。沒有減倉。</i>
plan-state-rehearsed = <i>這是原本會提出的計畫。模擬執行時不送出任何指令。</i>
plan-state-rehearsed-by = <i>這是原本會提出的計畫。模擬執行時不送出任何指令。</i>
plan-none = ✅ 沒有等待決定的減倉計畫。
plan-gone = ⌛ 此計畫已不存在或已失效。沒有減倉。請見 /plan。
plan-superseded-fresh = 🔄 等待期間行情已變動。沒有減倉；已提出新計畫。
plan-superseded-none = ✅ 等待期間行情已變動，目前不需要減倉。

## 緊急補保證金

emergency-title = 🔴 <b>緊急補保證金：{ $names }</b>
emergency-title-dry = 🧪 <b>模擬執行，緊急狀況：{ $names }</b>，未送出任何指令
emergency-state = <b>{ $name }</b> · 保證金率 { $rate } · 距強平 { $distance }
emergency-no-moves = 沒有可調度的保證金。
emergency-missing = ⚠️ { $name }：仍有 <b>{ $missing } USD</b> 無法補足。

## 通知

notice-started = 🟢 <b>Ballast 運行中</b>，共 { $n } 個倉位。
notice-started-dry = 🟢 <b>Ballast 運行中</b>，共 { $n } 個倉位。
    🧪 模擬執行：不會對交易所送出任何指令。
notice-started-warning = ⚠️ { $text }
notice-stopped = ⚪ <b>Ballast 即將停止</b>（{ $reason }）。重新啟動前不會監控倉位。
notice-stopped-in-flight = ❓ 有 { $n } 筆寫入結果未知，下次啟動時查證。
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
notice-outcome-unknown = ❓ <b>{ $name }：寫入結果未知。</b>查明之前不再對此倉位動作。{ $detail }
notice-outcome-resolved = 🟢 <b>{ $name }</b>：結果已查明。{ $detail }
notice-drift-opened = ℹ️ <b>{ $name }</b>：外部新開倉，已納入監控。
notice-drift-closed = ℹ️ <b>{ $name }</b>：已在外部平倉。
notice-drift-resized = ℹ️ <b>{ $name }</b>：部位大小在外部變動。
notice-drift-recollateralised = ℹ️ <b>{ $name }</b>：保證金在外部變動。
notice-stale = 🟠 <b>資料過舊</b>（{ $what }，{ $age }）：更新之前不據以決策。
data-account = 帳戶
notice-fresh = 🟢 資料已恢復更新。
notice-weights-unknown = ⚠️ { $names } 沒有 K 線資料：暫用權重 1，可在 /settings 自訂。
notice-settings-changed = ⚙️ { $name } 已變更 <code>{ $key }</code>：{ $from } → <b>{ $to }</b>
notice-halted = ⛔ <b>已停機</b>：不會對交易所送出任何寫入。{ $reason }
notice-resumed = 🟢 已解除停機。{ $reason }

## 每日統計

daily-title = 📅 <b>{ $day }（UTC）</b>
daily-equity = 權益
daily-change = 變動
daily-adjustments = 調整次數
daily-moved = 調度金額
daily-emergencies = 緊急補保證金
daily-liquidations = 減倉次數
daily-closed = 平倉名目
daily-failed = 寫入失敗
daily-worst = 最低保證金率：<b>{ $name }</b> { $rate }

## 指令：用途與寫法

command-start = 打招呼
usage-start = /start
command-help = 這個機器人能做什麼
usage-help = /help [指令]
command-status = 帳戶、模式與健康狀況總覽
usage-status = /status
command-positions = 持倉列表（最危險在前）或單一倉位明細
usage-positions = /positions [代號]
command-plan = 等待決定的減倉計畫
usage-plan = /plan
command-rebalance = 規劃並執行再平衡
usage-rebalance = /rebalance
command-dryrun = 查看或切換模擬執行
usage-dryrun = /dryrun [on|off]
command-settings = 門檻、權重、優先級等設定
usage-settings = /settings
command-language = 選擇語言
usage-language = /language
command-cancel = 不回答並離開目前的提問
usage-cancel = /cancel

command-usage = <code>{ $usage }</code>
    { $about }。
command-unknown = 我不認得 <code>/{ $name }</code>。請見 /help。
command-unknown-near = 我不認得 <code>/{ $name }</code>。您是指 /{ $near } 嗎？
command-forbidden = <code>/{ $name }</code> 需要「{ $role }」以上的角色。
help-title = <b>Ballast</b> 守護逐倉部位：依風險調度保證金，緊急時自動補足，減倉前先詢問。
help-group-reads = <b>查看</b>
help-group-acts = <b>設定</b>
help-group-risky = <b>操作</b>
help-line = <code>{ $usage }</code>：{ $about }
help-more = <i>警報自帶按鈕。輸入 /help 加指令名稱可看單一說明。</i>

## 開始、配對、對話

start-hello = 👋 { $name } 您好，您在這裡的角色是<b>{ $role }</b>。
start-hint = 所有指令：/help
pair-done = ✅ 配對完成，您是<b>擁有者</b>。請從 /start 開始。
pair-wrong = ✗ 配對碼錯誤。{ $left ->
    [0] 已無剩餘次數：請重新啟動程式取得新配對碼。
   *[other] 還可再試 { $left } 次。
  }
dialogue-left = ✖️ 維持原狀。
dialogue-none = 目前沒有可取消的事項。
dialogue-given-up = 仍未收到可用的數值，維持原狀。請用 /settings 重新開始。
stale-dropped = ⏱ 離線期間收到的 { $n } 個指令已捨棄。仍需要的請重新送出。
text-unknown = 我只處理指令與按鈕。請見 /help。
error-internal = ⚠️ 程式發生錯誤，已寫入日誌。重試前請先查看 /status。
error-busy = ⚠️ 目前處理中的事項過多，請稍候再試。

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
ticket-used = 已由 { $name } 於 { $time } UTC 決定。
ticket-expired = 已逾時，沒有執行任何動作。請重新操作。
ticket-foreign = 這個按鈕屬於其他人或另一則訊息。
ticket-unknown = 這個按鈕已失效，請重新操作。
menu-outdated = 選單已變動，這是最新的內容。

## 模擬執行

dry-run-is-on = 🧪 模擬執行<b>開啟中</b>：只讀取，不送出。<code>/dryrun off</code> 開始正式寫入。
dry-run-is-off = 模擬執行<b>已關閉</b>：保證金調度與減倉都是真的。<code>/dryrun on</code> 可停止。
dry-run-on = 🧪 模擬執行<b>已開啟</b>：即刻起不再對交易所送出任何指令。
dry-run-off = ⚡ 模擬執行<b>已關閉</b>：即刻起 Ballast 會寫入交易所。操作者：{ $name }。
dry-run-kept = 🧪 維持模擬執行。
dry-run-pinned = 🧪 Ballast 以 <code>--dry-run</code> 啟動：不帶此參數重新啟動前無法關閉。
dry-run-ask-first = ⚠️ <b>要關閉模擬執行嗎？</b>之後 Ballast 會實際調度保證金並減倉。
dry-run-ask-second = ⚡ <b>確定嗎？</b>從下一次檢查起會直接寫入交易所，不再詢問（需核准的減倉除外）。

## 語言

language-ask = 請選擇語言
language-set = 語言：<b>{ $language }</b>
language-auto = 跟隨 Telegram：<b>{ $language }</b>

## 設定

settings-title = ⚙️ <b>設定</b>
settings-overrides = { $n ->
    [0] 所有數值皆來自設定檔。
   *[other] 有 { $n } 項在聊天中變更過，以 ✎ 標示。
  }
settings-hint = <i>點選要變更的項目，變更立即生效。</i>
settings-choose = <i>請選擇。</i>
settings-table-empty = 沒有可設定的項目：目前沒有持倉。
section-thresholds = 📏 <b>門檻</b>
section-liquidation = 🛟 <b>減倉</b>
section-allocation = ⚖️ <b>分配</b>
section-monitor = 📡 <b>監控</b>
section-risk_weights = 🏋️ <b>風險權重</b>（BTC = 1）
section-position_priority = 🥇 <b>優先級</b>：數字越大保留越久
button-section-thresholds = 門檻
button-section-liquidation = 減倉
button-section-allocation = 分配
button-section-monitor = 監控
button-section-risk_weights = 風險權重
button-section-position_priority = 優先級
setting-line = { $name }：<b>{ $value }</b>
setting-line-changed = ✎ <i>{ $name }</i>
setting-emergency_margin_rate = 緊急保證金率
setting-relative_trigger = 相對觸發比例
setting-price_spike_pct = 價格劇烈波動
setting-account_margin_rate_warning = 帳戶警戒線
setting-min_adjustment_usdt = 最小調整金額
setting-min_deviation_pct = 最小偏離
setting-dry_run = 模擬執行
setting-enabled = 自動減倉
setting-require_confirmation = 減倉前詢問
setting-max_single_close_pct = 單次最大平倉比例
setting-cooldown_seconds = 減倉冷卻時間
setting-safety_margin_multiplier = 安全保證金倍數
setting-mode = 分配模式
setting-reserve_usdt = 保留餘額
setting-poll_interval_sec = 檢查間隔
setting-volatility_update_hours = 波動率更新間隔
setting-volatility_lookback_days = 波動率回看天數
setting-subscription = 即時報價
setting-weight = { $name } 的風險權重
setting-priority = { $name } 的優先級
setting-priority-default = 預設優先級
priority-default = 預設
option-equal_distance = 等距離
option-risk_weight = 名目 × 權重
option-smart = 僅危險倉位
option-all = 全部倉位
entry-own = ✎
entry-derived-risk_weights = 實測
entry-derived-position_priority = 預設
value-on = 開啟
value-off = 關閉
value-none = 無
unit-pct = { $n } %
unit-usd = { $n } USD
unit-seconds = { $n } 秒
unit-hours = { $n } 小時
unit-days = { $n } 天
unit-times = { $n } 倍
unit-share = { $n }
unit-plain = { $n }
limits-range = { $min } 至 { $max }
limits-above = 大於 { $min }，至多 { $max }
limits-between = 大於 { $min }，小於 { $max }
limits-whole = 整數，{ $range }
setting-ask = ✏️ <b>{ $name }</b>
    目前：<b>{ $value }</b>
    請輸入新數值（{ $limits }），或用 /cancel 離開。
setting-ask-remove = 輸入 <code>-</code> 可移除自訂值。
setting-changed = ✅ <b>{ $name }</b>：{ $from } → <b>{ $to }</b>
setting-invalid = ✗ <b>{ $name }</b> 須為{ $limits }。請重新輸入，或用 /cancel 離開。
setting-refused = ✗ <b>{ $name }</b> 未變更。{ $expected }
setting-undone = ↩️ <b>{ $name }</b>：{ $from } → <b>{ $to }</b>
    <i>{ $by } · { $time } UTC</i>
setting-undo-gone = ⌛ 這項變更已無法在此復原。請見 /settings。
