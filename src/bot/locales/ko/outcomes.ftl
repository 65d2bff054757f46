## 결과

outcome-rejected = ✗ <b>{ $name }</b>: 거래소 거부 – { $reason }
outcome-denied = ✗ <b>{ $name }</b>: 미전송 – { $reason }
outcome-unknown = ❓ <b>{ $name }</b>: 결과 미확인, 확인 중 – { $reason }
