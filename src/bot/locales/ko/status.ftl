## 모드 배너

banner-halted = ⛔ <b>운용 중단</b> – 거래소에 아무 주문도 보내지 않습니다. { $reason }
banner-reducing = ⚠️ <b>축소 전용</b> – 위험을 줄이는 동작만 합니다. { $reason }
banner-dry-run = 🧪 <b>모의 실행</b> – 거래소에 아무 주문도 보내지 않습니다.
banner-simulated = 🎮 모의 거래소입니다.

## 상태

status-title = { $dot } <b>계좌 증거금률 { $rate }</b>
status-title-warning = { $dot } <b>계좌 증거금률 { $rate }</b> – 경고선 아래
status-title-unknown = ⚪ <b>계좌 증거금률 알 수 없음</b> – 가용 잔고를 아직 못 읽었습니다
status-title-empty = ⚪ <b>보유 포지션 없음</b>
status-title-starting = ⏳ <b>시작하는 중</b> – 아직 계좌를 읽지 못했습니다
status-equity = 순자산
status-free = 가용 잔고
status-collateral = 증거금
status-pnl = 미실현 손익
status-notional = 명목 가치
status-lost = 💥 <b>오늘 강제 청산: { $n }건, −{ $lost } USD</b>
status-worst = 가장 위험: <b>{ $name } { $side }</b> { $rate } · 청산까지 { $distance }
status-feed-up = 시세 { $feedAge } 전 · 계좌 { $snapshotAge } 전 · 실시간 구독 { $streamed }/{ $positions }
status-feed-down = ⚠️ 시세 수신 끊김 · 시세 { $feedAge } 전 · 계좌 { $snapshotAge } 전
status-oldest = ⏱ 가장 오래된 시세: { $name }, { $age } 전
status-cycle = 다음 점검까지 { $next }
status-cycle-none = 아직 점검하지 않았습니다
status-plans = 🔴 감축 계획 { $n }건 결정 대기: /plan
status-unknown = ❓ 결과 미확인 주문 { $n }건: 관련 포지션은 건드리지 않습니다
status-failures = ⚠️ 거래소 조회 { $n }회 연속 실패
status-about = <i>{ $venue } · Ballast { $version } · 가동 { $uptime }</i>
venue-simulator = 거래소 시뮬레이터
