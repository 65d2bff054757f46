### 使用者看得到的所有文字。可用 HTML；變數由程式跳脫。各語言的鍵必須一致，有測試比對。

## 時間長度

span-seconds = { $n } 秒
span-minutes = { $n } 分鐘
span-hours = { $h } 小時 { $m } 分
span-days = { $d } 天 { $h } 小時
late = ⏱ <i>延遲 { $age }送達</i>
as-of = <i>截至 { $time }</i>
done-by = <i>{ $name } · { $time }</i>

## 角色與方向

role-viewer = 檢視者
role-operator = 操作員
role-owner = 擁有者
side-long = 多單
side-short = 空單
side-short-long = 多
side-short-short = 空

## 欄位

column-rate = 比率
column-distance = 距離
column-collateral = 保證金
column-price = 價格
column-close = 平倉
column-notional = 名義
column-relieves = 釋放
