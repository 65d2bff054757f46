## 시작, 연결, 대화

start-hello = 👋 { $name } 님, 안녕하세요. 역할은 <b>{ $role }</b>입니다.
start-hint = 전체 명령: /help
pair-done = ✅ 연결 완료. 역할은 <b>{ $role }</b>입니다. /start 로 시작하세요.
pair-wrong = ✗ 코드가 틀렸습니다. { $left ->
    [0] 남은 횟수가 없습니다. 새 코드가 필요합니다.
   *[other] { $left }번 더 시도할 수 있습니다.
  }
dialogue-left = ✖️ 바꾸지 않았습니다.
dialogue-none = 취소할 것이 없습니다.
dialogue-given-up = 쓸 수 있는 값을 받지 못해 그대로 둡니다. /settings 에서 다시 시작하세요.
stale-dropped = ⏱ 꺼져 있는 동안 온 명령이나 버튼 입력 { $n }개는 버렸습니다. 아직 필요하면 다시 하세요.
text-unknown = 명령과 버튼에만 반응합니다. /help 참고.
error-internal = ⚠️ 내부 오류가 났고 로그에 남겼습니다. 다시 시도하기 전에 /status 를 확인하세요.
error-busy = ⚠️ 지금은 처리할 일이 너무 많습니다. 잠시 후 다시 시도하세요.
