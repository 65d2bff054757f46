## 포지션

positions-title = <b>포지션 { $from }–{ $to } / 총 { $total }개</b> · 위험한 순
positions-none = 보유 포지션이 없습니다.
positions-fenced = 🔒 { $names }: 직전 주문 결과가 미확인이라 더 건드리지 않습니다.
positions-unpriced = ❓ { $names }: 마크 가격이 아직 없습니다.
position-title = { $dot } <b>{ $name } { $side }</b> · 증거금률 <b>{ $rate }</b> · 청산까지 { $distance }
position-collateral = 증거금
position-target = 목표
position-pnl = 미실현 손익
position-notional = 명목 가치
position-quantity = 수량
position-entry = 평균 진입가
position-mark = 마크 가격
position-liquidation = 청산가
position-maintenance = 유지증거금률
position-weight = 위험 가중치
position-priority = 우선순위
position-as-of = <i>{ $time } 기준 · 마크 가격 { $age } 전</i>
position-unknown = <b>{ $name }</b> 포지션이 없습니다. 전체 목록: /positions
position-unknown-near = <b>{ $name }</b> 포지션이 없습니다. 혹시 <code>/{ $command } { $near }</code>인가요?
position-ambiguous = <b>{ $name }</b> 포지션이 여러 통화로 있습니다: { $symbols }. 전체 심볼을 입력하세요.
weight-configured = 직접 설정
weight-measured = 실측
weight-stale = 이전 값
weight-default = 기본값
