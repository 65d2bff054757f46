## Pauses and halts

banner-paused = ⏸ <b>PAUSED</b> by { $name } since { $since } – nothing is written.
banner-paused-until = ⏸ <b>PAUSED</b> by { $name } since { $since }, until { $until } – nothing is written.
pause-means = Rescues wait too: nobody tops up or reduces until somebody resumes. What was sent before is still being finished.
panic-title = 🚨 <b>Everything is stopped</b>
panic-offer = Leverage is { $leverage } now. Reduce everything? You see the plan first.
resume-ask = ▶️ <b>Resume?</b> Ballast then tops up and moves collateral again.
resume-done = ▶️ <b>Resumed</b> by { $name } at { $time }.
resume-not-paused = ✅ Nothing is paused.
resume-halted = ⛔ The pause is over, but Ballast is halted. Send /resume once more to end the halt.
resume-halted-itself = ⛔ This halt ends by itself once its cause is gone. See /status.
halt-ask-first = ⛔ <b>End the halt?</b> Make sure that its cause is gone.
halt-ask-second = ⚠️ <b>Really?</b> From then on Ballast acts again.
halt-cleared = ▶️ <b>Halt ended</b> by { $name } at { $time }.
halt-none = ✅ Ballast is not halted.
halt-holds = ⛔ Still halted: the cause is still there.
halt-equity_unknown = The free balance has been unknown for too long.
halt-blind = No live prices, and the exchange does not answer.
halt-clock_skew = Our clock and the exchange’s are too far apart.
halt-key_rejected = The exchange no longer accepts the key.
halt-contested = Somebody else keeps undoing what Ballast does.
notice-paused = ⏸ <b>Paused by { $name }</b>: nothing is written until somebody resumes.
notice-paused-until = ⏸ <b>Paused by { $name }</b> until { $until }: nothing is written.
notice-unpaused = ▶️ <b>Resumed</b> by { $name }.
notice-reduced = ✂️ <b>Reduced by hand</b> by { $name }
unavailable-paused = ⏸ Paused: nothing is written. See /resume.
unavailable-unknown_symbol = There is no such position any more. See /positions.
