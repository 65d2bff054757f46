## Dry run

dry-run-is-on = 🧪 Dry run is <b>on</b>: everything is read, nothing is sent. <code>/dryrun off</code> starts real writes.
dry-run-is-off = Dry run is <b>off</b>: collateral moves and reductions are real. <code>/dryrun on</code> stops them.
dry-run-on = 🧪 Dry run is <b>on</b>: from now on nothing is sent to the exchange.
dry-run-off = ⚡ Dry run is <b>off</b>: from now on Ballast writes to the exchange.
dry-run-kept = 🧪 Dry run stays <b>on</b>.
dry-run-pinned = 🧪 Ballast was started with <code>--dry-run</code>: it stays on until a restart without it.
ask-first-dry-run = ⚠️ <b>Switch dry run off?</b> Ballast will then move collateral and reduce positions for real.
ask-second-dry-run = ⚡ <b>Really?</b> From the next check on, writes go to the exchange without asking again, except reductions if they need approval.

## Reductions without asking
ask-first-approval = ⚠️ <b>Reduce positions without asking first?</b> When the account is short, Ballast then closes parts of positions by itself.
ask-second-approval = ⚡ <b>Really?</b> From the next check on, reductions go to the exchange and nobody is asked before.

## Two people
ask-first-four-eyes = ⚠️ <b>Let one person confirm more alone?</b> Reductions up to the new limit then need no second person; with 0 none do.
ask-second-four-eyes = ⚡ <b>Really?</b> It counts at once, for plans that wait already too.
four-eyes-owner = 🔒 Only an owner may raise or switch off the limit above which two people confirm. Nothing was changed.
