## People and second factor

users-title = 👥 <b>People</b> ({ $n })
users-line = { $mark } <b>{ $name }</b> · { $role }
users-hint = <i>Choose somebody to change or remove, or invite by a one-time code.</i>
users-invitation = 🎟 One-time code for a new <b>{ $role }</b>: send <code>/pair { $code }</code> to @{ $bot }. Good for { $span }, once.
users-ask-role = 👥 Make <b>{ $name }</b> { $role }?
users-ask-remove = 👥 Remove <b>{ $name }</b>? All access ends at once.
users-changed = ✅ <b>{ $name }</b> is now { $role }.
users-removed = ✅ <b>{ $name }</b> has been removed.
users-gone = <b>{ $name }</b> is not on the list any more.
users-fixed = 🔒 <b>{ $name }</b> is an owner by the configuration file: only that file changes it.
users-self = You cannot change yourself, <b>{ $name }</b>: another owner can.
users-factor-yes = 🔐 Has a second factor.
users-factor-no = Has no second factor.
button-invite = 🎟 Invite: { $role }
button-role = Make { $role }
button-remove = Remove
button-change = Change
rate-limited = 🐢 Too fast. Wait a few seconds.

factor-title = 🔐 <b>Second factor</b>
factor-own-yes = You have one.
factor-own-no = You have none yet.
factor-line = { $name }: <b>{ $state }</b>
factor-hint = <i>Where it is on, a button asks for a six-digit code before it acts; a right one is good for five minutes. The secret is shown in the terminal only.</i>
factor-shown = 📟 The QR code is in the terminal where Ballast runs. Scan it, then send me the six digits within ten minutes.
factor-enrolled = ✅ The second factor works. Your message with the code was deleted.
factor-enrol-first = Enrol yourself first: otherwise you could not switch it off again.
factor-ask = 🔐 Send the six-digit code within a minute.
factor-missing = 🔐 This takes a second factor and you have none. Set it up in /settings. Nothing was done.
factor-late = ⌛ No code came in time. Nothing was done; ask again.
factor-wrong = ✗ Wrong code. { $left ->
    [0] Start again.
    [one] 1 try left.
   *[other] { $left } tries left.
  }
factor-locked = ⛔ Too many wrong codes. Locked for { $span }; nothing was done.
button-enrol = 📟 Show QR in the terminal
guard-acts = Acts by hand
guard-plans = Liquidation plans
guard-resume = Resume
guard-dry_run = Dry run off
guard-settings = Sets of settings and undo
guard-people = People
