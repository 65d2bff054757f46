## Language

language-ask = Which language?
language-set = Language: <b>{ $language }</b>
language-auto = Following Telegram: <b>{ $language }</b>
