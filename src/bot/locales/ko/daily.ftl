## 일간 통계

daily-title = 📅 <b>{ $day } (UTC)</b>
daily-equity = 순자산
daily-change = 변동
daily-adjustments = 조정 횟수
daily-moved = 이동 금액
daily-emergencies = 긴급 추가
daily-liquidations = 감축 횟수
daily-closed = 종료 금액
daily-failed = 실패 주문
daily-worst = 최저 증거금률: <b>{ $name }</b> { $rate }
daily-lost = 거래소 강제 청산
