## 语言

language-ask = 请选择语言
language-set = 语言：<b>{ $language }</b>
language-auto = 跟随 Telegram：<b>{ $language }</b>
