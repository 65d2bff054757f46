## 포지션 알림

alert-title-critical = 🔴 <b>청산 임박: { $names }</b>
alert-title-warning = 🟠 <b>증거금 부족 우려: { $names }</b>
alert-title-notice = 🟡 <b>확인 필요: { $names }</b>
alert-proposal = ↳ 담보 { $usd } USD를 추가하면 { $rate }가 됩니다.
alert-rest = <i>그 외 { $n }개: /positions</i>
alert-over = 🟢 { $time }에 알림이 해제되었습니다.
alert-over-of = 🟢 { $time }에 알림이 해제되었습니다: { $names }
alert-gone = ⚪ { $time }에 알림 종료: { $names } 포지션이 더는 없습니다.
alert-continued = ⬇️ { $time }부터 아래 메시지로 이어집니다.
alert-snoozed = 💤 { $name } 님이 { $time }까지 알림을 껐습니다(악화 시 제외).
alert-snoozed-toast = { $time }까지 알림을 끕니다(악화 시 제외).
alert-button-topup = ➕ { $name } 추가
alert-button-reduce = ✂️ { $name } 25 % 축소
alert-button-close = 🛑 { $name } 청산
alert-button-snooze = 💤 1시간 끄기
digest-title = 🗞 <b>모아 둔 메시지 { $n }건</b>
