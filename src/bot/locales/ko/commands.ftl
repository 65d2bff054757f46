## 명령: 하는 일과 쓰는 법

command-start = 인사
usage-start = /start
command-help = 봇이 할 수 있는 일
usage-help = /help [명령]
command-status = 계좌, 모드, 작동 상태를 한눈에
usage-status = /status
command-positions = 포지션 목록(위험한 순) 또는 하나의 상세
usage-positions = /positions [심볼]
command-plan = 결정을 기다리는 감축 계획
usage-plan = /plan
command-rebalance = 리밸런싱 계획과 실행
usage-rebalance = /rebalance
command-dryrun = 모의 실행 확인 또는 전환
usage-dryrun = /dryrun [on|off]
command-settings = 기준값, 가중치, 우선순위 등 설정
usage-settings = /settings
command-language = 언어 선택
usage-language = /language
command-cancel = 답하지 않고 질문에서 나가기
usage-cancel = /cancel

command-usage = <code>{ $usage }</code>
    { $about }.
command-unknown = <code>/{ $name }</code> 명령은 없습니다. /help 참고.
command-unknown-near = <code>/{ $name }</code> 명령은 없습니다. 혹시 /{ $near } 인가요?
command-forbidden = <code>/{ $name }</code> 명령은 “{ $role }” 이상만 쓸 수 있습니다.
help-title = <b>Ballast</b>는 격리 마진 포지션을 지킵니다. 위험에 따라 증거금을 옮기고, 급하면 즉시 추가하며, 줄이기 전에는 먼저 묻습니다.
help-group-reads = <b>조회</b>
help-group-acts = <b>설정</b>
help-group-risky = <b>실행</b>
help-line = <code>{ $usage }</code> – { $about }
help-more = <i>경고에는 버튼이 함께 옵니다. /help 뒤에 명령 이름을 쓰면 그 설명만 봅니다.</i>
