## 即時卡片

card-title = { $dot } <b>保證金率 { $rate }</b> · 可用 { $free }
card-empty = 目前沒有持倉。
card-starting = ⏳ <b>啟動中</b>，尚未讀到帳戶。
card-rest = <i>另有 { $n } 個：/positions</i>
card-feed-live = 📡 價格即時更新
card-feed-slow = 📡 價格延遲數秒
card-feed-minutes = ⚠️ 價格已延遲 { $n } 分鐘
card-feed-down = ⚠️ 價格來源中斷
card-stopped = ⚪ <b>Ballast 自 { $time } 起停止運作</b>，持倉無人監看。
