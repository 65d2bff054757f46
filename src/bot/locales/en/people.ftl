## Start, pairing, dialogues

start-hello = 👋 Hello { $name }, you are <b>{ $role }</b> here.
start-hint = All commands: /help
pair-done = ✅ Paired: you are <b>{ $role }</b> here. Begin with /start.
pair-wrong = ✗ Wrong code. { $left ->
    [0] No tries left: a new code is needed.
    [one] 1 try left.
   *[other] { $left } tries left.
  }
dialogue-left = ✖️ Left as it was.
dialogue-none = There is nothing to cancel.
dialogue-given-up = Still no usable value: left as it was. Start again with /settings.
stale-dropped = ⏱ { $n ->
    [one] 1 command or press
   *[other] { $n } commands or presses
  } made while I was away { $n ->
    [one] was
   *[other] were
  } dropped. Do again what still holds.
text-unknown = I act on commands and buttons only. See /help.
error-internal = ⚠️ Something went wrong on my side; it is in the log. Check /status before you try again.
error-busy = ⚠️ Too much is under way right now. Try again in a moment.
