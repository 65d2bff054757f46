## Delivery

outbox-dropped = ⚠️ { $n ->
    [one] 1 older message
   *[other] { $n } older messages
  } could not be kept for you while nothing got through. See /status.
