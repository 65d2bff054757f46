## 紧急追加保证金

emergency-title = 🔴 <b>紧急追加保证金：{ $names }</b>
emergency-title-dry = 🧪 <b>模拟运行，紧急情况：{ $names }</b>，未发送任何指令
emergency-state = <b>{ $name }</b> · 保证金率 { $rate } · 距强平 { $distance }
emergency-title-failed = 🔴 <b>紧急情况：{ $names } 未能追加保证金</b>
emergency-title-unknown = 🔴 <b>紧急情况：{ $names }</b>，追加保证金已发送，结果尚不清楚
emergency-missing = ⚠️ 要回到安全水平还需保证金，可用余额和其他仓位都拿不出：<b>{ $missing }</b> USD

## 通知

notice-started = 🟢 <b>Ballast 已启动</b>，共 { $n } 个仓位。
notice-started-dry = 🟢 <b>Ballast 已启动</b>，共 { $n } 个仓位。
    🧪 模拟运行：不向交易所发送任何指令。
notice-started-warning = ⚠️ { $text }
notice-stopped = ⚪ <b>Ballast 即将停止</b>（{ $reason }）。重启之前不再监控仓位。
notice-stopped-in-flight = ❓ { $n } 笔操作结果未知，下次启动时核实。
notice-adjusted = ⚖️ <b>已调整 { $n } 个仓位</b>（{ $why }）
notice-adjusted-dry = 🧪 <b>模拟运行：{ $n } 笔调整</b>（{ $why }），未发送
notice-free = 可用余额 { $free }
notice-by = <i>操作人：{ $name }</i>
trigger-scheduled = 定时
trigger-emergency = 紧急
trigger-manual = 手动
notice-account-warning = 🟠 <b>账户保证金率 { $rate }</b>，低于 { $limit }。请考虑入金或减仓：/status
notice-account-recovered = 🟢 账户保证金率已回到 { $rate }。
notice-venue-trouble = 🔴 <b>交易所无响应</b>：“{ $call }”连续失败 { $n } 次。{ $reason }
notice-venue-recovered = 🟢 交易所恢复响应。
notice-outcome-unknown = ❓ <b>{ $name }：有一笔操作结果未知。</b>查清前不再动这个仓位。{ $detail }
notice-outcome-resolved = 🟢 <b>{ $name }</b>：结果已查清。{ $detail }
notice-drift-opened = ℹ️ <b>{ $name }</b>：在别处新开仓，已纳入监控。
notice-drift-closed = ℹ️ <b>{ $name }</b>：已在别处平仓。
notice-drift-resized = ℹ️ <b>{ $name }</b>：仓位大小在别处有变动。
notice-drift-recollateralised = ℹ️ <b>{ $name }</b>：保证金在别处有变动。
notice-stale = 🟠 <b>数据过旧</b>（{ $what }，{ $age }）：更新之前不据此操作。
data-account = 账户
notice-fresh = 🟢 数据恢复更新。
notice-weights-unknown = ⚠️ { $names } 没有 K 线数据：暂用权重 1，可在 /settings 里设置。
notice-setting-dropped = ⚠️ <b>已保存的设置不再适用，已丢弃：</b><code>{ $keys }</code>。改用配置文件里的值，并已开启 🧪 模拟运行。请检查 /settings，再用 /dryrun off 关闭。
notice-roll-interrupted = ⚠️ <b>Ballast 停止时，{ $name } 的滚动被中断。</b>不会自动重开：已平且未重开的部分变为减仓。请查看 /positions。
notice-settings-changed = ⚙️ { $name } 修改了 <code>{ $key }</code>：{ $from } → <b>{ $to }</b>
notice-halted = ⛔ <b>已熔断</b>：不再向交易所发送任何指令。{ $reason }
notice-resumed = 🟢 熔断已解除。{ $reason }
notice-liquidated = 🔴 <b>{ $name } { $side }已被交易所强平</b>，价格约 { $price }，仓内保证金 { $collateral } USD。
notice-liquidated-many = 🔴 <b>{ $n } 个仓位已被交易所强平</b>，仓内保证金共 { $collateral } USD。
