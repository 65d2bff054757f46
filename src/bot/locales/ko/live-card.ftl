## 실시간 카드

card-title = { $dot } <b>증거금률 { $rate }</b> · 사용 가능 { $free }
card-empty = 열린 포지션이 없습니다.
card-starting = ⏳ <b>시작하는 중</b> – 아직 계좌를 읽지 못했습니다.
card-rest = <i>그 외 { $n }개: /positions</i>
card-feed-live = 📡 실시간 가격
card-feed-slow = 📡 가격이 몇 초 지연됨
card-feed-minutes = ⚠️ 가격이 { $n }분 지연됨
card-feed-down = ⚠️ 가격 피드 중단
card-stopped = ⚪ <b>{ $time }부터 Ballast가 실행되지 않습니다.</b> 포지션을 감시하지 않습니다.
