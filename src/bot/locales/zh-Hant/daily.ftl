## 每日統計

daily-title = 📅 <b>{ $day }（UTC）</b>
daily-equity = 權益
daily-change = 變動
daily-adjustments = 調整次數
daily-moved = 調度金額
daily-emergencies = 緊急追加保證金
daily-liquidations = 減倉次數
daily-closed = 平倉名義
daily-failed = 操作失敗
daily-worst = 最低保證金率：<b>{ $name }</b> { $rate }
daily-lost = 被交易所強平
