## 送達

outbox-dropped = ⚠️ 訊息中斷期間有 { $n } 則較舊的訊息未能保留。請看 /status。
