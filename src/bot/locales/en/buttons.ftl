## Buttons and their answers

button-positions = Positions
button-status = Status
button-refresh = 🔄 Refresh
button-run = ▶️ Run
button-cancel = Cancel
button-replan = New plan
button-approve = Approve
button-reject = Reject
button-undo = ↩️ Undo
button-back = ‹ Back
button-leave = Cancel
button-language-auto = Follow Telegram
button-dry-run-continue = Continue
button-dry-run-off = Trade for real
button-dry-run-keep = Keep dry run
button-working = Working …
button-outdated = This button is outdated. Ask again with a command.
button-forbidden = This is for the role “{ $role }” and above.
ticket-used = Already decided by { $name } at { $time }.
ticket-expired = Expired: nothing was done. Ask again.
ticket-foreign = This button belongs to somebody else or to another message.
ticket-unknown = This button is no longer valid. Ask again.
menu-outdated = The menu has changed. Here it is anew.
