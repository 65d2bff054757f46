## 전달

outbox-dropped = ⚠️ 전송이 막힌 동안 이전 메시지 { $n }건을 보관하지 못했습니다. /status 참고.
