## 일시 중지와 운용 중단

banner-paused = ⏸ <b>일시 중지</b> – { $name }, { $since }부터. 아무 주문도 보내지 않습니다.
banner-paused-until = ⏸ <b>일시 중지</b> – { $name }, { $since }부터 { $until }까지. 아무 주문도 보내지 않습니다.
pause-means = 긴급 추가도 멈춥니다. 누군가 재개할 때까지 추가도 감축도 하지 않습니다. 이미 보낸 주문은 마무리됩니다.
panic-title = 🚨 <b>모두 멈췄습니다</b>
panic-offer = 현재 레버리지 { $leverage }. 전체를 감축할까요? 먼저 계획을 보여드립니다.
resume-ask = ▶️ <b>재개할까요?</b> 다시 증거금을 추가하고 옮깁니다.
resume-done = ▶️ { $name } 님이 { $time }에 <b>재개</b>했습니다.
resume-not-paused = ✅ 일시 중지 상태가 아닙니다.
resume-halted = ⛔ 일시 중지는 끝났지만 운용 중단 상태입니다. /resume 을 다시 보내 해제하세요.
resume-halted-itself = ⛔ 원인이 사라지면 저절로 해제됩니다. /status 참고.
halt-ask-first = ⛔ <b>운용 중단을 해제할까요?</b> 원인이 사라졌는지 먼저 확인하세요.
halt-ask-second = ⚠️ <b>정말 해제할까요?</b> 이후 다시 자동으로 동작합니다.
halt-cleared = ▶️ { $name } 님이 { $time }에 <b>운용 중단을 해제</b>했습니다.
halt-none = ✅ 운용 중단 상태가 아닙니다.
halt-holds = ⛔ 원인이 남아 있어 계속 중단 상태입니다.
halt-equity_unknown = 가용 잔고를 너무 오래 알 수 없습니다.
halt-blind = 실시간 시세가 없고 거래소도 응답하지 않습니다.
halt-clock_skew = 서버 시각과 거래소 시각의 차이가 너무 큽니다.
halt-key_rejected = 거래소가 API 키를 더는 받지 않습니다.
halt-contested = 다른 누군가가 계속 되돌리고 있습니다.
notice-paused = ⏸ <b>{ $name } 님이 일시 중지</b>: 재개할 때까지 아무 주문도 보내지 않습니다.
notice-paused-until = ⏸ <b>{ $name } 님이 일시 중지</b>, { $until }까지 아무 주문도 보내지 않습니다.
notice-unpaused = ▶️ { $name } 님이 <b>재개</b>했습니다.
notice-reduced = ✂️ <b>직접 감축</b> – { $name }
unavailable-paused = ⏸ 일시 중지 중입니다. /resume 참고.
unavailable-unknown_symbol = 해당 포지션이 더는 없습니다. /positions 참고.
