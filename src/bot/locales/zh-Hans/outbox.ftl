## 送达

outbox-dropped = ⚠️ 消息中断期间，有 { $n } 条较早的消息没能保留。现状见 /status。
