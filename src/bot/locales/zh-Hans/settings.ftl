## 设置

settings-title = ⚙️ <b>设置</b>
settings-overrides = { $n ->
    [0] 没有在聊天中改过的数值。
   *[other] 有 { $n } 项在聊天中改过，以 ✎ 标记。
  }
settings-hint = <i>点选要修改的项目，修改立即生效。</i>
settings-choose = <i>请选择。</i>
settings-table-empty = 没有可设置的：当前无持仓。
section-thresholds = 📏 <b>阈值</b>
section-liquidation = 🛟 <b>减仓</b>
section-harvest = 🌾 <b>浮盈</b>：保证金不足时将其实现
section-allocation = ⚖️ <b>分配</b>
section-monitor = 📡 <b>监控</b>
section-risk_weights = 🏋️ <b>风险权重</b>（BTC = 1）
section-position_priority = 🥇 <b>优先级</b>：数字越大越晚减
button-section-thresholds = 阈值
button-section-liquidation = 减仓
button-section-harvest = 浮盈
button-section-allocation = 分配
button-section-monitor = 监控
button-section-risk_weights = 风险权重
button-section-position_priority = 优先级
setting-line = { $name }：<b>{ $value }</b>
setting-line-changed = ✎ <i>{ $name }</i>
setting-emergency_margin_rate = 紧急保证金率
setting-relative_trigger = 相对触发比例
setting-price_spike_pct = 价格急变
setting-account_margin_rate_warning = 账户预警线
setting-min_adjustment_usdt = 最小调整金额
setting-min_deviation_pct = 最小偏差
setting-dry_run = 模拟运行
setting-enabled = 自动减仓
setting-require_confirmation = 减仓前询问
setting-max_single_close_pct = 单次最多平仓
setting-cooldown_seconds = 两次减仓间隔
setting-safety_margin_multiplier = 安全保证金倍数
setting-fall_minutes = 为当前跌势预留的分钟数
setting-four_eyes_notional_usdt = 双人确认阈值
setting-harvest_mode = 实现浮盈方式
setting-harvest_below_distance_pct = 均衡距离低于
setting-harvest_cooldown_seconds = 每轮间隔
setting-mode = 分配模式
setting-reserve_usdt = 预留余额
setting-poll_interval_sec = 检查间隔
setting-volatility_update_hours = 波动率更新间隔
setting-volatility_lookback_days = 波动率回看天数
setting-subscription = 实时行情
setting-weight = { $name } 的风险权重
setting-priority = { $name } 的优先级
setting-priority-default = 默认优先级
priority-default = 默认
option-equal_distance = 等距离
option-risk_weight = 名义价值 × 权重
option-reduce = 减仓盈利仓位
option-roll = 滚动盈利仓位（平仓后重开）
option-smart = 仅危险仓位
option-all = 全部仓位
entry-own = 自设
entry-derived-risk_weights = 实测
entry-derived-position_priority = 默认
value-on = 开
value-off = 关
value-none = 无
unit-pct = { $n } %
unit-usd = { $n } USD
unit-seconds = { $n } 秒
unit-minutes = { $n } 分钟
unit-minutes-part = { $n } 分钟（{ $seconds } 秒）
unit-hours = { $n } 小时
unit-days = { $n } 天
unit-times = { $n } 倍
unit-share = { $n }
unit-plain = { $n }
limits-range = { $min } 到 { $max }
limits-above = 大于 { $min }，不超过 { $max }
limits-between = 大于 { $min }，小于 { $max }
limits-whole = 整数，{ $range }
setting-ask = ✏️ <b>{ $name }</b>
    当前：<b>{ $value }</b>
    请发送新数值（{ $limits }），或 /cancel 放弃。
setting-ask-remove = 发送 <code>-</code> 可去掉自设值。
setting-changed = ✅ <b>{ $name }</b>：{ $from } → <b>{ $to }</b>
setting-invalid = ✗ <b>{ $name }</b> 的取值范围：{ $limits }。请发送数字，例如 <code>{ $example }</code>，或 /cancel 放弃。
setting-refused = ✗ <b>{ $name }</b> 没有修改。{ $expected }
setting-undo-gone = ⌛ 这项修改已无法在这里撤销。见 /settings。
