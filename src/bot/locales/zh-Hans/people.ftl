## 开始、配对、对话

start-hello = 👋 { $name }，你好！你在这里是<b>{ $role }</b>。
start-hint = 全部命令：/help
pair-done = ✅ 配对完成，你是<b>{ $role }</b>。请从 /start 开始。
pair-wrong = ✗ 配对码不对。{ $left ->
    [0] 次数已用完，需要新的配对码。
   *[other] 还可以试 { $left } 次。
  }
dialogue-left = ✖️ 保持不变。
dialogue-none = 没有可取消的事项。
dialogue-given-up = 还是没有收到有效的数值，保持不变。请从 /settings 重新开始。
stale-dropped = ⏱ 离线期间收到的 { $n } 条命令或按钮操作已丢弃。仍然需要的请重新操作。
text-unknown = 我只认命令和按钮。见 /help。
error-internal = ⚠️ 程序出错，已记入日志。重试前请先看 /status。
error-busy = ⚠️ 正在处理的事情太多，请稍后再试。
