## 모의 실행

dry-run-is-on = 🧪 모의 실행 <b>켜짐</b>: 조회만 하고 주문은 보내지 않습니다. <code>/dryrun off</code> 로 실전을 시작합니다.
dry-run-is-off = 모의 실행 <b>꺼짐</b>: 증거금 이동과 감축이 실제로 일어납니다. <code>/dryrun on</code> 으로 멈춥니다.
dry-run-on = 🧪 모의 실행 <b>켜짐</b>: 지금부터 거래소에 아무 주문도 보내지 않습니다.
dry-run-off = ⚡ 모의 실행 <b>꺼짐</b>: 지금부터 Ballast가 거래소에 주문을 보냅니다.
dry-run-kept = 🧪 모의 실행을 유지합니다.
dry-run-pinned = 🧪 Ballast가 <code>--dry-run</code> 으로 시작되었습니다. 이 옵션 없이 재시작해야 끌 수 있습니다.
ask-first-dry-run = ⚠️ <b>모의 실행을 끌까요?</b> 그러면 Ballast가 실제로 증거금을 옮기고 포지션을 줄입니다.
ask-second-dry-run = ⚡ <b>정말 끌까요?</b> 다음 점검부터 묻지 않고 거래소에 주문을 보냅니다(승인이 필요한 감축은 제외).

## 확인 없는 감축
ask-first-approval = ⚠️ <b>확인 없이 포지션을 줄일까요?</b> 계정 증거금이 부족하면 Ballast가 스스로 포지션 일부를 청산합니다.
ask-second-approval = ⚡ <b>정말인가요?</b> 다음 점검부터 아무에게도 묻지 않고 감축 주문을 거래소에 보냅니다.

## 두 사람 확인
ask-first-four-eyes = ⚠️ <b>두 사람 확인을 완화할까요?</b> 새 기준 이하의 감축은 한 사람만 확인하면 되고, 0이면 모두 한 사람으로 충분합니다.
ask-second-four-eyes = ⚡ <b>정말인가요?</b> 즉시 적용되며, 이미 대기 중인 감축 계획에도 적용됩니다.
four-eyes-owner = 🔒 두 사람 확인 기준을 올리거나 끄는 것은 소유자만 할 수 있습니다. 바뀐 것은 없습니다.
