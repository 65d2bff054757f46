## 긴급 증거금 추가

emergency-title = 🔴 <b>긴급 증거금 추가: { $names }</b>
emergency-title-dry = 🧪 <b>모의 실행, 긴급 상황: { $names }</b> – 아무것도 보내지 않았습니다
emergency-state = <b>{ $name }</b> · 증거금률 { $rate } · 청산까지 { $distance }
emergency-title-failed = 🔴 <b>긴급 상황: { $names } 증거금을 추가하지 못했습니다</b>
emergency-title-unknown = 🔴 <b>긴급 상황: { $names }</b> – 증거금 추가를 보냈으나 결과를 아직 알 수 없습니다
emergency-missing = ⚠️ 안전한 증거금률까지 증거금이 더 필요하지만 가용 잔고와 다른 포지션에서 마련하지 못했습니다: <b>{ $missing }</b> USD

## 알림

notice-started = 🟢 <b>Ballast 가동</b> · 포지션 { $n }개
notice-started-dry = 🟢 <b>Ballast 가동</b> · 포지션 { $n }개
    🧪 모의 실행: 거래소에 아무 주문도 보내지 않습니다.
notice-started-warning = ⚠️ { $text }
notice-stopped = ⚪ <b>Ballast 종료 중</b> ({ $reason }). 다시 켤 때까지 포지션을 감시하지 않습니다.
notice-stopped-in-flight = ❓ 결과 미확인 주문 { $n }건은 다음 시작 때 확인합니다.
notice-adjusted = ⚖️ <b>포지션 { $n }개 조정</b> ({ $why })
notice-adjusted-dry = 🧪 <b>모의 실행: { $n }건 조정</b> ({ $why }), 보내지 않음
notice-free = 가용 잔고 { $free }
notice-by = <i>실행: { $name }</i>
trigger-scheduled = 정기
trigger-emergency = 긴급
trigger-manual = 수동
notice-account-warning = 🟠 <b>계좌 증거금률 { $rate }</b>, 기준 { $limit } 미만. 입금이나 포지션 축소를 검토하세요: /status
notice-account-recovered = 🟢 계좌 증거금률이 { $rate }로 회복했습니다.
notice-venue-trouble = 🔴 <b>거래소 응답 없음</b>: “{ $call }” { $n }회 연속 실패. { $reason }
notice-venue-recovered = 🟢 거래소가 다시 응답합니다.
notice-outcome-unknown = ❓ <b>{ $name }: 주문 결과 미확인.</b> 거래소에서 확인될 때까지 이 포지션은 건드리지 않습니다. { $detail }
notice-outcome-resolved = 🟢 <b>{ $name }</b>: 결과가 확인되었습니다. { $detail }
notice-drift-opened = ℹ️ <b>{ $name }</b>: 외부에서 새로 진입, 감시를 시작합니다.
notice-drift-closed = ℹ️ <b>{ $name }</b>: 외부에서 종료되었습니다.
notice-drift-resized = ℹ️ <b>{ $name }</b>: 외부에서 수량이 바뀌었습니다.
notice-drift-recollateralised = ℹ️ <b>{ $name }</b>: 외부에서 증거금이 바뀌었습니다.
notice-stale = 🟠 <b>데이터가 오래됨</b> ({ $what }, { $age }): 갱신될 때까지 판단하지 않습니다.
data-account = 계좌
notice-fresh = 🟢 데이터가 다시 최신입니다.
notice-weights-unknown = ⚠️ { $names }: 캔들이 없어 가중치 1을 씁니다. /settings 에서 설정하세요.
notice-setting-dropped = ⚠️ <b>저장된 설정이 더는 맞지 않아 버렸습니다:</b> <code>{ $keys }</code>. 대신 설정 파일의 값이 쓰이며 🧪 모의 실행이 켜졌습니다. /settings 를 확인한 뒤 /dryrun off 를 쓰세요.
notice-roll-interrupted = ⚠️ <b>Ballast 가 멈추면서 { $name } 롤이 중단되었습니다.</b> 저절로 다시 열지 않습니다. 종료된 뒤 다시 열리지 않은 만큼은 감축이 되었습니다. /positions 를 확인하세요.
notice-settings-changed = ⚙️ { $name } 님이 <code>{ $key }</code> 변경: { $from } → <b>{ $to }</b>
notice-halted = ⛔ <b>운용 중단</b> – 거래소에 아무 주문도 보내지 않습니다. { $reason }
notice-resumed = 🟢 운용을 재개합니다. { $reason }
notice-liquidated = 🔴 <b>{ $name } { $side } 포지션이 거래소에서 강제 청산</b>되었습니다 ({ $price } 부근). 담보금 { $collateral } USD.
notice-liquidated-many = 🔴 <b>포지션 { $n }개가 거래소에서 강제 청산</b>되었습니다. 담보금 합계 { $collateral } USD.
