## 語言

language-ask = 請選擇語言
language-set = 語言：<b>{ $language }</b>
language-auto = 跟隨 Telegram：<b>{ $language }</b>
