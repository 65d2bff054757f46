## 리밸런싱

rebalance-title = ⚖️ <b>리밸런싱: { $n }건 조정</b>
rebalance-changed = 🔄 그사이 시세나 계정이 크게 바뀌어 이전 계획은 실행하지 않았습니다. 새 계획입니다.
rebalance-changed-move = • { $name }: { $before } → <b>{ $after } USD</b>
rebalance-changed-total = • 전체 합계: { $before } → <b>{ $after } USD</b>
rebalance-changed-more = • 외 { $n }건
rebalance-why-equal_distance = 위험 가중 청산 거리를 모든 포지션에서 같게 맞춥니다. 감액부터 실행합니다.
rebalance-why-risk_weight = 명목 가치 × 위험 가중치로 증거금을 나눕니다. 감액부터 실행합니다.
rebalance-free = 가용 잔고: { $before } → <b>{ $after }</b>
rebalance-skipped = 포지션 { $n }개는 차이가 기준 미만이라 그대로 둡니다.
rebalance-expires = <i>{ $span } 동안 유효하며, 실행을 누르면 다시 확인합니다.</i>
rebalance-nothing = ✅ 조정할 것이 없습니다. { $skipped ->
    [0] 모든 포지션이 목표에 맞습니다.
   *[other] 포지션 { $skipped }개의 차이가 기준 미만입니다.
  } 가용 잔고 { $free }.
rebalance-running = ⏳ 실행 중 · { $name } · { $time } 시작 …
rebalance-cancelled = ✖️ { $name } 님이 { $time }에 취소했습니다.
rebalance-expired = ⌛ 결정 없이 만료되었습니다.
rebalance-gone = ⌛ 만료되었거나 봇이 재시작되어 이 계획은 무효입니다. 실행한 것은 없습니다.
rebalance-ran = ⚖️ <b>리밸런싱: { $total }건 중 { $done }건 완료</b>
rebalance-rehearsed = 🧪 <b>모의 실행: 실전이면 { $total }건 중 { $done }건 전송</b>
unavailable-no_snapshot = 계좌를 아직 읽지 못했습니다. 잠시 후 다시 시도하세요.
unavailable-stale_marks = 시세나 계좌 데이터가 너무 오래되어 판단할 수 없습니다. 실행한 것은 없습니다.
unavailable-balance_unknown = 거래소가 가용 잔고를 아직 알려주지 않았습니다. 잠시 후 다시 시도하세요.
unavailable-halted = ⛔ 운용 중단 상태입니다. /status 참고.
unavailable-busy = 다른 실행이나 긴급 처리가 진행 중입니다. 잠시 후 다시 시도하세요.
unavailable-no_positions = 보유 포지션이 없습니다.
