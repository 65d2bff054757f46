## 持倉警報

alert-title-critical = 🔴 <b>接近強平：{ $names }</b>
alert-title-warning = 🟠 <b>保證金偏低：{ $names }</b>
alert-title-notice = 🟡 <b>請留意：{ $names }</b>
alert-proposal = ↳ 再增加 { $usd } USD 保證金可回到 { $rate }。
alert-rest = <i>另有 { $n } 個：/positions</i>
alert-over = 🟢 警報已於 { $time } 解除。
alert-over-of = 🟢 警報已於 { $time } 解除：{ $names }
alert-gone = ⚪ 警報已於 { $time } 結束：{ $names } 已不再持有。
alert-continued = ⬇️ { $time } 起續見下方訊息。
alert-snoozed = 💤 { $name } 已設定靜音至 { $time }，情況惡化時除外。
alert-snoozed-toast = 靜音至 { $time }，情況惡化時除外。
alert-button-topup = ➕ 補 { $name }
alert-button-reduce = ✂️ 減 { $name } 25 %
alert-button-close = 🛑 平 { $name }
alert-button-snooze = 💤 靜音 1 小時
digest-title = 🗞 <b>彙整 { $n } 則訊息</b>
