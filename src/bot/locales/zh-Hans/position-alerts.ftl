## 持仓警报

alert-title-critical = 🔴 <b>接近强平：{ $names }</b>
alert-title-warning = 🟠 <b>保证金偏低：{ $names }</b>
alert-title-notice = 🟡 <b>请留意：{ $names }</b>
alert-proposal = ↳ 再增加 { $usd } USD 保证金可回到 { $rate }。
alert-rest = <i>另有 { $n } 个：/positions</i>
alert-over = 🟢 警报已于 { $time } 解除。
alert-over-of = 🟢 警报已于 { $time } 解除：{ $names }
alert-gone = ⚪ 警报已于 { $time } 结束：{ $names } 已不再持有。
alert-continued = ⬇️ { $time } 起续见下方消息。
alert-snoozed = 💤 { $name } 已设定静音至 { $time }，情况恶化时除外。
alert-snoozed-toast = 静音至 { $time }，情况恶化时除外。
alert-button-topup = ➕ 补 { $name }
alert-button-reduce = ✂️ 减 { $name } 25 %
alert-button-close = 🛑 平 { $name }
alert-button-snooze = 💤 静音 1 小时
digest-title = 🗞 <b>汇总 { $n } 条消息</b>
