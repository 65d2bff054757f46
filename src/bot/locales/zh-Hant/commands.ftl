## 指令：用途與寫法

command-start = 打招呼
usage-start = /start
command-help = 這個機器人能做什麼
usage-help = /help [指令]
command-status = 帳戶、模式與健康狀況總覽
usage-status = /status
command-positions = 持倉列表（最危險在前）或單一倉位明細
usage-positions = /positions [代號]
command-plan = 等待決定的減倉計畫
usage-plan = /plan
command-rebalance = 規劃並執行再平衡
usage-rebalance = /rebalance
command-dryrun = 查看或切換模擬執行
usage-dryrun = /dryrun [on|off]
command-settings = 門檻、權重、優先級等設定
usage-settings = /settings
command-language = 選擇語言
usage-language = /language
command-cancel = 不回答並離開目前的提問
usage-cancel = /cancel

command-usage = <code>{ $usage }</code>
    { $about }。
command-unknown = 我不認得 <code>/{ $name }</code>。請見 /help。
command-unknown-near = 我不認得 <code>/{ $name }</code>。您是指 /{ $near } 嗎？
command-forbidden = <code>/{ $name }</code> 需要「{ $role }」以上的角色。
help-title = <b>Ballast</b> 守護逐倉部位：依風險調度保證金，緊急時自動補足，減倉前先詢問。
help-group-reads = <b>查看</b>
help-group-acts = <b>設定</b>
help-group-risky = <b>操作</b>
help-line = <code>{ $usage }</code>：{ $about }
help-more = <i>警報自帶按鈕。輸入 /help 加指令名稱可看單一說明。</i>
