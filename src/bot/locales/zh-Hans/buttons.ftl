## 按钮与回应

button-positions = 持仓
button-status = 状态
button-refresh = 🔄 刷新
button-run = ▶️ 执行
button-cancel = 取消
button-replan = 重新计算
button-approve = 批准
button-reject = 否决
button-undo = ↩️ 撤销
button-back = ‹ 返回
button-leave = 取消
button-language-auto = 跟随 Telegram
button-dry-run-continue = 继续
button-dry-run-off = 开始实盘
button-dry-run-keep = 保持模拟
button-working = 处理中…
button-outdated = 这个按钮已失效，请重新输入命令。
button-forbidden = 需要“{ $role }”以上的权限。
ticket-used = { $name } 已于 { $time } 处理。
ticket-expired = 已过期，没有执行任何操作。请重新来过。
ticket-foreign = 这个按钮是别人的，或属于另一条消息。
ticket-unknown = 这个按钮已失效，请重新来过。
menu-outdated = 菜单已变化，这是最新的。
