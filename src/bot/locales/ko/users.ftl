## 사용자와 2단계 인증

users-title = 👥 <b>사용자</b> ({ $n })
users-line = { $mark } <b>{ $name }</b> · { $role }
users-hint = <i>사용자를 골라 바꾸거나 삭제하고, 일회용 코드로 초대합니다.</i>
users-invitation = 🎟 새 <b>{ $role }</b>용 일회용 코드: @{ $bot } 에게 <code>/pair { $code }</code> 를 보내게 하세요. { $span } 동안 한 번 유효합니다.
users-ask-role = 👥 <b>{ $name }</b> 님을 { $role }(으)로 바꿀까요?
users-ask-remove = 👥 <b>{ $name }</b> 님을 삭제할까요? 모든 권한이 바로 끝납니다.
users-changed = ✅ <b>{ $name }</b> 님은 이제 { $role }입니다.
users-removed = ✅ <b>{ $name }</b> 님을 삭제했습니다.
users-gone = <b>{ $name }</b> 님은 더는 목록에 없습니다.
users-fixed = 🔒 <b>{ $name }</b> 님은 설정 파일의 소유자라 그 파일에서만 바꿀 수 있습니다.
users-self = <b>{ $name }</b> 님, 자신은 바꿀 수 없습니다. 다른 소유자가 할 수 있습니다.
users-factor-yes = 🔐 2단계 인증 사용 중.
users-factor-no = 2단계 인증 없음.
button-invite = 🎟 { $role } 초대
button-role = { $role }(으)로
button-remove = 삭제
button-change = 변경
rate-limited = 🐢 너무 빠릅니다. 몇 초만 기다려 주세요.

factor-title = 🔐 <b>2단계 인증</b>
factor-own-yes = 설정되어 있습니다.
factor-own-no = 아직 없습니다.
factor-line = { $name }: <b>{ $state }</b>
factor-hint = <i>켜진 항목은 실행 전에 여섯 자리 코드를 묻고, 맞으면 5분간 유효합니다. 비밀 키는 터미널에만 표시됩니다.</i>
factor-shown = 📟 Ballast가 실행되는 터미널에 QR 코드를 표시했습니다. 스캔한 뒤 10분 안에 여섯 자리를 보내세요.
factor-enrolled = ✅ 2단계 인증이 설정되었습니다. 코드가 담긴 메시지는 지웠습니다.
factor-enrol-first = 먼저 본인의 2단계 인증을 설정하세요. 그렇지 않으면 다시 끌 수 없습니다.
factor-ask = 🔐 1분 안에 여섯 자리 코드를 보내세요.
factor-missing = 🔐 2단계 인증이 필요한데 아직 없습니다. /settings 에서 설정하세요. 실행한 것은 없습니다.
factor-late = ⌛ 제때 코드가 오지 않아 실행한 것이 없습니다. 다시 요청하세요.
factor-wrong = ✗ 코드가 틀렸습니다. { $left ->
    [0] 처음부터 다시 하세요.
   *[other] { $left }번 더 시도할 수 있습니다.
  }
factor-locked = ⛔ 틀린 횟수가 많아 { $span } 동안 잠깁니다. 실행한 것은 없습니다.
button-enrol = 📟 터미널에 QR 표시
guard-acts = 직접 실행
guard-plans = 감축 계획
guard-resume = 재개
guard-dry_run = 모의 실행 끄기
guard-settings = 설정 묶음과 되돌리기
guard-people = 사용자
