## 模擬執行

dry-run-is-on = 🧪 模擬執行<b>開啟中</b>：只讀取，不送出。<code>/dryrun off</code> 切換到實單。
dry-run-is-off = 模擬執行<b>已關閉</b>：保證金調度與減倉都是真的。<code>/dryrun on</code> 可停止。
dry-run-on = 🧪 模擬執行<b>已開啟</b>：即刻起不再對交易所送出任何指令。
dry-run-off = ⚡ 模擬執行<b>已關閉</b>：即刻起 Ballast 會對交易所送出指令。
dry-run-kept = 🧪 維持模擬執行。
dry-run-pinned = 🧪 Ballast 以 <code>--dry-run</code> 啟動：不帶此參數重新啟動前無法關閉。
dry-run-ask-first = ⚠️ <b>要關閉模擬執行嗎？</b>之後 Ballast 會實際調度保證金並減倉。
dry-run-ask-second = ⚡ <b>確定嗎？</b>從下一次檢查起會直接對交易所送出指令，不再詢問（需核准的減倉除外）。

## 不經詢問的減倉
approval-ask-first = ⚠️ <b>減倉前不再詢問？</b>之後帳戶保證金不足時，Ballast 會自行平掉部分持倉。
approval-ask-second = ⚡ <b>確定嗎？</b>從下一次檢查起，減倉指令直接送往交易所，事先不再詢問任何人。
