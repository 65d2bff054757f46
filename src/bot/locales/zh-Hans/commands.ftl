## 命令：用途与写法

command-start = 打招呼
usage-start = /start
command-help = 机器人能做什么
usage-help = /help [命令]
command-status = 账户、模式与运行状况一览
usage-status = /status
command-positions = 持仓列表（最危险的在前）或单个仓位详情
usage-positions = /positions [代码]
command-plan = 等待处理的减仓计划
usage-plan = /plan
command-rebalance = 计算并执行再平衡
usage-rebalance = /rebalance
command-dryrun = 查看或切换模拟运行
usage-dryrun = /dryrun [on|off]
command-settings = 阈值、权重、优先级等设置
usage-settings = /settings
command-language = 选择语言
usage-language = /language
command-cancel = 放弃当前的提问
usage-cancel = /cancel

command-usage = <code>{ $usage }</code>
    { $about }。
command-unknown = 没有 <code>/{ $name }</code> 这个命令。见 /help。
command-unknown-near = 没有 <code>/{ $name }</code> 这个命令。是不是 /{ $near }？
command-forbidden = <code>/{ $name }</code> 需要“{ $role }”以上的权限。
help-title = <b>Ballast</b> 看护逐仓持仓：按风险调拨保证金，危急时自动追加，减仓前先问你。
help-group-reads = <b>查看</b>
help-group-acts = <b>设置</b>
help-group-risky = <b>操作</b>
help-line = <code>{ $usage }</code>：{ $about }
help-more = <i>警报自带按钮。/help 加命令名可看单个说明。</i>
