## 成员与二次验证

users-title = 👥 <b>成员</b>（{ $n }）
users-line = { $mark } <b>{ $name }</b> · { $role }
users-hint = <i>选择成员以更改或移除，或用一次性代码邀请。</i>
users-invitation = 🎟 新<b>{ $role }</b>的一次性代码：请对方向 @{ $bot } 发送 <code>/pair { $code }</code>。{ $span }内有效，限用一次。
users-ask-role = 👥 将 <b>{ $name }</b> 改为{ $role }？
users-ask-remove = 👥 移除 <b>{ $name }</b>？将立即失去所有权限。
users-changed = ✅ <b>{ $name }</b> 现在是{ $role }。
users-removed = ✅ 已移除 <b>{ $name }</b>。
users-gone = <b>{ $name }</b> 已不在名单中。
users-fixed = 🔒 <b>{ $name }</b> 是配置文件指定的所有者，只能由配置文件更改。
users-self = <b>{ $name }</b>，你不能更改自己，请由其他所有者操作。
users-factor-yes = 🔐 已设置二次验证。
users-factor-no = 尚未设置二次验证。
button-invite = 🎟 邀请{ $role }
button-role = 改为{ $role }
button-remove = 移除
button-change = 更改
rate-limited = 🐢 操作太快，请稍等几秒。

factor-title = 🔐 <b>二次验证</b>
factor-own-yes = 你已设置。
factor-own-no = 你尚未设置。
factor-line = { $name }：<b>{ $state }</b>
factor-hint = <i>开启的项目点按钮后需输入六位验证码，正确后五分钟内免再输入。密钥只显示在终端。</i>
factor-shown = 📟 二维码已显示在运行 Ballast 的终端。扫描后请在十分钟内发送六位验证码。
factor-enrolled = ✅ 二次验证设置完成。含验证码的消息已删除。
factor-enrol-first = 请先设置你自己的二次验证，否则之后无法关闭。
factor-ask = 🔐 请在一分钟内发送六位验证码。
factor-missing = 🔐 此操作需二次验证，你尚未设置。请在 /settings 设置。没有执行任何操作。
factor-late = ⌛ 未在时限内收到验证码，没有执行任何操作。请重新操作。
factor-wrong = ✗ 验证码错误。{ $left ->
    [0] 请重新开始。
   *[other] 还可再试 { $left } 次。
  }
factor-locked = ⛔ 错误次数过多，锁定 { $span }。没有执行任何操作。
button-enrol = 📟 在终端显示二维码
guard-acts = 手动操作
guard-plans = 减仓计划
guard-resume = 恢复运行
guard-dry_run = 关闭模拟运行
guard-settings = 整套设置与撤销
guard-people = 成员
