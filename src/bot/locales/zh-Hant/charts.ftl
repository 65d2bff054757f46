## 圖表

chart-title-margin = 📈 <b>保證金率</b> · { $span }
chart-title-equity = 📈 <b>權益</b> · { $span }
chart-title-price = 📈 <b>{ $name }</b> · { $span }
chart-title-collateral = 📈 <b>各倉保證金</b> · { $span }
chart-legend-margin = <i>Σ 帳戶 · ⚡ 緊急保證金率 · ⚠ 帳戶警戒線</i>
chart-legend-equity = <i>Σ 權益 · ○ 可用餘額</i>
chart-legend-price = <i>● 標記價格 · ◆ 開倉均價 · ✖ 強平價格</i>
chart-legend-collateral = <i>Σ 權益</i>
chart-span-24h = 24 小時
chart-span-7d = 7 天
chart-margin = 保證金率
chart-equity = 權益
chart-collateral = 保證金
chart-drawing = 繪圖中…
chart-none = 此處未啟用圖表。
chart-empty = 紀錄尚不足以繪圖，請稍後再試。
button-chart = 📈 圖表
chart-failed = 圖表繪製失敗，請稍後再試。數據請見 /status 與 /positions。
