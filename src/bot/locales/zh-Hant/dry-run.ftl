## 模擬執行

dry-run-is-on = 🧪 模擬執行<b>開啟中</b>：只讀取，不送出。<code>/dryrun off</code> 切換到實單。
dry-run-is-off = 模擬執行<b>已關閉</b>：保證金調度與減倉都是真的。<code>/dryrun on</code> 可停止。
dry-run-on = 🧪 模擬執行<b>已開啟</b>：即刻起不再對交易所送出任何指令。
dry-run-off = ⚡ 模擬執行<b>已關閉</b>：即刻起 Ballast 會對交易所送出指令。
dry-run-kept = 🧪 維持模擬執行。
dry-run-pinned = 🧪 Ballast 以 <code>--dry-run</code> 啟動：不帶此參數重新啟動前無法關閉。
ask-first-dry-run = ⚠️ <b>要關閉模擬執行嗎？</b>之後 Ballast 會實際調度保證金並減倉。
ask-second-dry-run = ⚡ <b>確定嗎？</b>從下一次檢查起會直接對交易所送出指令，不再詢問（需核准的減倉除外）。

## 不經詢問的減倉
ask-first-approval = ⚠️ <b>減倉前不再詢問？</b>之後帳戶保證金不足時，Ballast 會自行平掉部分持倉。
ask-second-approval = ⚡ <b>確定嗎？</b>從下一次檢查起，減倉指令直接送往交易所，事先不再詢問任何人。

## 雙人確認
ask-first-four-eyes = ⚠️ <b>要放寬雙人確認嗎？</b>之後不超過新門檻的減倉只需一人確認；設為 0 則一律只需一人。
ask-second-four-eyes = ⚡ <b>確定嗎？</b>立即生效，已在等待的減倉計畫也不例外。
four-eyes-owner = 🔒 只有擁有者可以調高或關閉雙人確認門檻。維持原狀。
