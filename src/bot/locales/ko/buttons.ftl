## 버튼과 응답

button-positions = 포지션
button-status = 상태
button-refresh = 🔄 새로고침
button-run = ▶️ 실행
button-cancel = 취소
button-replan = 다시 계산
button-approve = 승인
button-reject = 거절
button-undo = ↩️ 되돌리기
button-back = ‹ 뒤로
button-leave = 취소
button-language-auto = Telegram 따름
button-dry-run-continue = 계속
button-dry-run-off = 실전 시작
button-dry-run-keep = 모의 실행 유지
button-working = 처리 중 …
button-outdated = 오래된 버튼입니다. 명령을 다시 보내세요.
button-forbidden = “{ $role }” 이상만 쓸 수 있습니다.
ticket-used = { $name } 님이 { $time }에 이미 결정했습니다.
ticket-expired = 만료되어 실행한 것이 없습니다. 다시 요청하세요.
ticket-foreign = 다른 사람의 버튼이거나 다른 메시지의 버튼입니다.
ticket-unknown = 더는 쓸 수 없는 버튼입니다. 다시 요청하세요.
menu-outdated = 메뉴가 바뀌어 새로 보여드립니다.
