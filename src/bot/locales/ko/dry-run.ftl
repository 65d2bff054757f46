## 모의 실행

dry-run-is-on = 🧪 모의 실행 <b>켜짐</b>: 조회만 하고 주문은 보내지 않습니다. <code>/dryrun off</code> 로 실전을 시작합니다.
dry-run-is-off = 모의 실행 <b>꺼짐</b>: 증거금 이동과 감축이 실제로 일어납니다. <code>/dryrun on</code> 으로 멈춥니다.
dry-run-on = 🧪 모의 실행 <b>켜짐</b>: 지금부터 거래소에 아무 주문도 보내지 않습니다.
dry-run-off = ⚡ 모의 실행 <b>꺼짐</b>: 지금부터 Ballast가 거래소에 주문을 보냅니다.
dry-run-kept = 🧪 모의 실행을 유지합니다.
dry-run-pinned = 🧪 Ballast가 <code>--dry-run</code> 으로 시작되었습니다. 이 옵션 없이 재시작해야 끌 수 있습니다.
dry-run-ask-first = ⚠️ <b>모의 실행을 끌까요?</b> 그러면 Ballast가 실제로 증거금을 옮기고 포지션을 줄입니다.
dry-run-ask-second = ⚡ <b>정말 끌까요?</b> 다음 점검부터 묻지 않고 거래소에 주문을 보냅니다(승인이 필요한 감축은 제외).

## 확인 없는 감축
approval-ask-first = ⚠️ <b>확인 없이 포지션을 줄일까요?</b> 계정 증거금이 부족하면 Ballast가 스스로 포지션 일부를 청산합니다.
approval-ask-second = ⚡ <b>정말인가요?</b> 다음 점검부터 아무에게도 묻지 않고 감축 주문을 거래소에 보냅니다.
