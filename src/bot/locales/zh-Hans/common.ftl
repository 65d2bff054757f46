### 使用者看得到的所有文字。可用 HTML；变量由程序转义。各语言的键必须一致，有测试核对。

## 时长

span-seconds = { $n } 秒
span-minutes = { $n } 分钟
span-hours = { $h } 小时 { $m } 分
span-days = { $d } 天 { $h } 小时
late = ⏱ <i>延迟 { $age }送达</i>
as-of = <i>截至 { $time }</i>
done-by = <i>{ $name } · { $time }</i>

## 角色与方向

role-viewer = 观察员
role-operator = 操作员
role-owner = 所有者
side-long = 多单
side-short = 空单
side-short-long = 多
side-short-short = 空

## 列

column-rate = 比率
column-distance = 距离
column-collateral = 保证金
column-price = 价格
column-close = 平仓
column-notional = 名义
column-relieves = 释放
