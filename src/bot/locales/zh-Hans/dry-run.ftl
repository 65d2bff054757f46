## 模拟运行

dry-run-is-on = 🧪 模拟运行<b>已开启</b>：只读取，不发送。<code>/dryrun off</code> 切换到实盘。
dry-run-is-off = 模拟运行<b>已关闭</b>：调拨保证金和减仓都是真的。<code>/dryrun on</code> 停止实盘。
dry-run-on = 🧪 模拟运行<b>已开启</b>：从现在起不向交易所发送任何指令。
dry-run-off = ⚡ 模拟运行<b>已关闭</b>：从现在起 Ballast 会向交易所发送指令。
dry-run-kept = 🧪 保持模拟运行。
dry-run-pinned = 🧪 Ballast 以 <code>--dry-run</code> 启动：去掉这个参数重启后才能关闭。
ask-first-dry-run = ⚠️ <b>关闭模拟运行？</b>之后 Ballast 会真的调拨保证金、真的减仓。
ask-second-dry-run = ⚡ <b>确定吗？</b>从下一次检查起直接向交易所发送指令，不再询问（需批准的减仓除外）。

## 不经询问的减仓
ask-first-approval = ⚠️ <b>减仓前不再询问？</b>之后账户保证金不足时，Ballast 会自行平掉部分持仓。
ask-second-approval = ⚡ <b>确定吗？</b>从下一次检查起，减仓指令直接发往交易所，事先不再询问任何人。

## 双人确认
ask-first-four-eyes = ⚠️ <b>放宽双人确认？</b>之后不超过新阈值的减仓只需一人确认；设为 0 则一律只需一人。
ask-second-four-eyes = ⚡ <b>确定吗？</b>立即生效，已在等待的减仓计划也不例外。
four-eyes-owner = 🔒 只有所有者可以提高或关闭双人确认阈值。维持原状。
