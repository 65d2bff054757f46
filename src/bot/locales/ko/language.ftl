## 언어

language-ask = 언어를 고르세요
language-set = 언어: <b>{ $language }</b>
language-auto = Telegram 따름: <b>{ $language }</b>
