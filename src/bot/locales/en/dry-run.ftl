## Dry run

dry-run-is-on = 🧪 Dry run is <b>on</b>: everything is read, nothing is sent. <code>/dryrun off</code> starts real writes.
dry-run-is-off = Dry run is <b>off</b>: collateral moves and reductions are real. <code>/dryrun on</code> stops them.
dry-run-on = 🧪 Dry run is <b>on</b>: from now on nothing is sent to the exchange.
dry-run-off = ⚡ Dry run is <b>off</b>: from now on Ballast writes to the exchange.
dry-run-kept = 🧪 Dry run stays <b>on</b>.
dry-run-pinned = 🧪 Ballast was started with <code>--dry-run</code>: it stays on until a restart without it.
dry-run-ask-first = ⚠️ <b>Switch dry run off?</b> Ballast will then move collateral and reduce positions for real.
dry-run-ask-second = ⚡ <b>Really?</b> From the next check on, writes go to the exchange without asking again, except reductions if they need approval.

## Reductions without asking
approval-ask-first = ⚠️ <b>Reduce positions without asking first?</b> When the account is short, Ballast then closes parts of positions by itself.
approval-ask-second = ⚡ <b>Really?</b> From the next check on, reductions go to the exchange and nobody is asked before.
