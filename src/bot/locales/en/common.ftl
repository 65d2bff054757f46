### Every text a person reads. HTML is allowed where a message is built from it; variables are
### escaped by the program. Keys are the same in every language, a test compares them.

## Spans of time

span-seconds = { $n } s
span-minutes = { $n } min
span-hours = { $h } h { $m } min
span-days = { $d } d { $h } h
late = ⏱ <i>{ $age } late</i>
as-of = <i>as of { $time }</i>
done-by = <i>{ $name } · { $time }</i>

## Roles and sides

role-viewer = viewer
role-operator = operator
role-owner = owner
side-long = long
side-short = short
side-short-long = L
side-short-short = S

## Columns

column-rate = rate
column-distance = dist
column-collateral = coll
column-price = price
column-close = close
column-notional = notional
column-relieves = relief
