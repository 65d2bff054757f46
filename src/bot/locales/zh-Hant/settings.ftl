## 設定

settings-title = ⚙️ <b>設定</b>
settings-overrides = { $n ->
    [0] 沒有在聊天中變更過的數值。
   *[other] 有 { $n } 項在聊天中變更過，以 ✎ 標示。
  }
settings-hint = <i>點選要變更的項目，變更立即生效。</i>
settings-choose = <i>請選擇。</i>
settings-table-empty = 沒有可設定的項目：目前沒有持倉。
section-thresholds = 📏 <b>門檻</b>
section-liquidation = 🛟 <b>減倉</b>
section-harvest = 🌾 <b>浮盈</b>：保證金不足時將其實現
section-allocation = ⚖️ <b>分配</b>
section-monitor = 📡 <b>監控</b>
section-risk_weights = 🏋️ <b>風險權重</b>（BTC = 1）
section-position_priority = 🥇 <b>優先順序</b>：數字越大保留越久
button-section-thresholds = 門檻
button-section-liquidation = 減倉
button-section-harvest = 浮盈
button-section-allocation = 分配
button-section-monitor = 監控
button-section-risk_weights = 風險權重
button-section-position_priority = 優先順序
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
setting-fall_minutes = 為目前跌勢預留的分鐘數
setting-four_eyes_notional_usdt = 雙人確認門檻
setting-harvest_mode = 實現浮盈方式
setting-harvest_below_distance_pct = 均衡距離低於
setting-harvest_cooldown_seconds = 每輪間隔
setting-mode = 分配模式
setting-reserve_usdt = 保留餘額
setting-poll_interval_sec = 檢查間隔
setting-volatility_update_hours = 波動率更新間隔
setting-volatility_lookback_days = 波動率回看天數
setting-subscription = 即時報價
setting-weight = { $name } 的風險權重
setting-priority = { $name } 的優先順序
setting-priority-default = 預設優先順序
priority-default = 預設
option-equal_distance = 等距離
option-risk_weight = 名義 × 權重
option-reduce = 減倉獲利部位
option-roll = 滾動獲利部位（平倉後重開）
option-smart = 僅危險倉位
option-all = 全部倉位
entry-own = 自訂
entry-derived-risk_weights = 實測
entry-derived-position_priority = 預設
value-on = 開啟
value-off = 關閉
value-none = 無
unit-pct = { $n } %
unit-usd = { $n } USD
unit-seconds = { $n } 秒
unit-minutes = { $n } 分鐘
unit-minutes-part = { $n } 分鐘（{ $seconds } 秒）
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
setting-invalid = ✗ <b>{ $name }</b> 須為{ $limits }。請輸入數字，例如 <code>{ $example }</code>，或用 /cancel 離開。
setting-refused = ✗ <b>{ $name }</b> 未變更。{ $expected }
setting-undo-gone = ⌛ 這項變更已無法在此復原。請見 /settings。
