## Outcomes

outcome-rejected = ✗ <b>{ $name }</b>: refused by the exchange – { $reason }
outcome-denied = ✗ <b>{ $name }</b>: not sent – { $reason }
outcome-unknown = ❓ <b>{ $name }</b>: outcome unknown, being clarified – { $reason }
