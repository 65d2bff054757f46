## Commands: what each does, and how it is written

command-start = Say hello
usage-start = /start
command-help = What the bot can do
usage-help = /help [command]
command-status = Account, mode and health at a glance
usage-status = /status
command-positions = Positions, worst first, or one in full
usage-positions = /positions [symbol]
command-plan = Liquidation plans waiting for a decision
usage-plan = /plan
command-rebalance = Plan a rebalance and run it
usage-rebalance = /rebalance
command-dryrun = Dry run: show or switch
usage-dryrun = /dryrun [on|off]
command-settings = Thresholds, weights, priorities and more
usage-settings = /settings
command-language = Choose the language
usage-language = /language
command-cancel = Leave a question without answering it
usage-cancel = /cancel

command-usage = <code>{ $usage }</code>
    { $about }.
command-unknown = I do not know <code>/{ $name }</code>. See /help.
command-unknown-near = I do not know <code>/{ $name }</code>. Did you mean /{ $near }?
command-forbidden = <code>/{ $name }</code> is for the role “{ $role }” and above.
help-title = <b>Ballast</b> keeps isolated-margin positions alive: it moves collateral by risk, tops up in an emergency, and asks before it reduces.
help-group-reads = <b>See</b>
help-group-acts = <b>Configure</b>
help-group-risky = <b>Act</b>
help-line = <code>{ $usage }</code> – { $about }
help-more = <i>Alerts carry their own buttons. /help command shows one of them.</i>
