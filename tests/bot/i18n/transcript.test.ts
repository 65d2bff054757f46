/** The same conversation in every language, as its reader sees it. */
import { expect, test } from 'vitest';
import type { Locale } from '../../../src/bot/i18n/locale.ts';
import { denied, rejected } from '../../../src/core/outcome.ts';
import { settle } from '../../support/manual-clock.ts';
import { move, position, usd } from '../fake-door.ts';
import { checkAndStop, type Rig, startRig } from '../rig.ts';

/** Where the reader of each language sits: the clock says noon in UTC. */
const ZONES: Readonly<Record<Locale, string>> = {
  en: 'UTC',
  'zh-Hans': 'Asia/Shanghai',
  'zh-Hant': 'Asia/Taipei',
  ko: 'Asia/Seoul',
};

async function readerOf(locale: Locale): Promise<Rig> {
  const rig = await startRig();
  await rig.say('otto', '/start');
  await rig.people.update(({ people, ...rest }) => ({
    ...rest,
    people: people.map((person) =>
      person.id === 1002 ? { ...person, language: locale, timeZone: ZONES[locale] } : person,
    ),
  }));
  rig.door.positionList = [
    position('ETH', {
      distance: 0.012,
      marginRatePct: 1.62,
      collateralUsd: usd(1500),
    }),
    position('BTC', { side: 'short', fenced: true }),
  ];
  return rig;
}

/** Status, the list, wrong arguments, a rebalance with every kind of trouble, a plan. */
async function conversation(locale: Locale): Promise<string> {
  const rig = await readerOf(locale);
  const heard: string[] = [];
  const hear = async (text: string) => {
    await rig.say('otto', text);
    heard.push(`> ${text}`, rig.last('otto'));
  };
  await hear('/status');
  await hear('/positions');
  await hear('/positions XYZ');
  await hear('/positoins');
  rig.door.offer([move('ETH', 900, 123_456), move('BTC', 2000, 1500), move('SOL', 10, 99)]);
  await hear('/rebalance');
  rig.door.runAnswer = async () => ({
    kind: 'ran',
    dryRun: false,
    adjustments: [
      move('ETH', 900, 123_456, { outcome: denied('position_changed') }),
      move('BTC', 2000, 1500, { outcome: rejected('10001', 'margin too low') }),
      move('SOL', 10, 99, { outcome: denied('request_limit: 12') }),
    ],
  });
  const [run = ''] = rig.buttons('otto');
  await rig.tap('otto', run);
  heard.push(`[${run}]`, rig.last('otto'));
  const plan = rig.door.addPlan();
  rig.door.tell({ type: 'plan_proposed', at: rig.clock.now(), plan });
  await settle();
  heard.push('…', rig.last('otto'), `[${rig.buttons('otto').join('] [')}]`);
  await checkAndStop(rig);
  return `\n${heard.join('\n')}\n`;
}

test('English', async () => {
  expect(await conversation('en')).toMatchInlineSnapshot(`
    "
    > /status
    🔴 Account margin rate 4.74%
    🧪 DRY RUN – nothing is sent to the exchange.
    Equity      111,112
    Free         12,346
    Collateral  100,000
    Unrealised   -1,234
    Notional       2.3M
    Worst: ETH long 1.62% · 1.2% from liquidation
    Prices 0 s old · account 12 s old · 3 of 2 streamed
    Next check in 40 s
    bitfinex · Ballast 1.2.3 · up 60 min
    > /positions
    Positions 1–2 of 2 · worst first
    🔴! 1  🟢 1
    🧪 DRY RUN – nothing is sent to the exchange.
            rate dist  coll
    ETH! L 1.62% 1.2% 1,500→1,500
    BTC  S 8.21% 7.7% 1,234→1,500
    🔒 BTC: the last write has no known outcome; nothing else acts on it.
    as of 12:00:00 UTC
    > /positions XYZ
    There is no position in XYZ. See /positions for all of them.
    /positions [SYMBOL]
    Positions, worst first, or one in full.
    Example: /positions BTC
    > /positoins
    I do not know /positoins. Did you mean /positions?
    > /rebalance
    ⚖️ Rebalance: 3 moves
    🧪 DRY RUN – nothing is sent to the exchange.
    Brings positions to the same risk-weighted distance from liquidation. Decreases run first.
    ETH   900→123.5K 2.10→2.55%
    BTC 2,000→ 1,500 2.10→2.55%
    SOL    10→    99 2.10→2.55%
    Free balance: 12,345 → 11,000
    3 positions left alone, below the thresholds.
    Valid for 2 min; checked again when you press Run.
    [▶️ Run]
    ⚖️ Rebalanced: 0 of 3 moves done
    ✗ ETH   900→123.5K 2.10→2.55%
    ✗ BTC 2,000→ 1,500 2.10→2.55%
    ✗ SOL    10→    99 2.10→2.55%
    ✗ ETH: not sent – the position has changed since
    ✗ BTC: refused by the exchange – “margin too low”
    ✗ SOL: not sent – request limit reached, free again in 12 s
    Otto · 12:00:00 UTC
    …
    🔴 Account is short by 1,234 USD – reduce 1 position?
    Account margin rate 1.91%
           close notional relief
    DOGE L   25%   12,345  1,300
    Covers the whole shortfall.
    🧪 Dry run is on: approving this sends nothing.
    Expires in 5 min. Checked against the market again when approved.
    [Approve] [Reject]
    "
  `);
});

test('简体中文', async () => {
  expect(await conversation('zh-Hans')).toMatchInlineSnapshot(`
    "
    > /status
    🔴 账户保证金率 4.74%
    🧪 模拟运行：不向交易所发送任何指令。
    权益        111,112
    可用余额     12,346
    保证金      100,000
    未实现盈亏   -1,234
    名义价值    234.6万
    最危险：ETH 多单 1.62% · 距强平 1.2%
    行情 0 秒前 · 账户 12 秒前 · 实时订阅 3/2
    40 秒后进行下一次检查
    bitfinex · Ballast 1.2.3 · 已运行 60 分钟
    > /positions
    持仓 1–2，共 2 个 · 最危险的在前
    🔴! 1  🟢 1
    🧪 模拟运行：不向交易所发送任何指令。
             比率 距离 保证金
    ETH! 多 1.62% 1.2%  1,500→1,500
    BTC  空 8.21% 7.7%  1,234→1,500
    🔒 BTC：上一笔操作结果未知，查清前不再动。
    截至 20:00:00 UTC+8
    > /positions XYZ
    没有 XYZ 的持仓。全部持仓见 /positions。
    /positions [代码]
    持仓列表（最危险的在前）或单个仓位详情。
    例：/positions BTC
    > /positoins
    没有 /positoins 这个命令。是不是 /positions？
    > /rebalance
    ⚖️ 再平衡：3 笔调整
    🧪 模拟运行：不向交易所发送任何指令。
    把各仓位的风险加权强平距离拉平。先减后加。
    ETH   900→12.3万 2.10→2.55%
    BTC 2,000→ 1,500 2.10→2.55%
    SOL    10→    99 2.10→2.55%
    可用余额：12,345 → 11,000
    3 个仓位偏差低于阈值，不动。
    2 分钟内有效；点执行时会再核对一次。
    [▶️ 执行]
    ⚖️ 再平衡：完成 0/3 笔
    ✗ ETH   900→12.3万 2.10→2.55%
    ✗ BTC 2,000→ 1,500 2.10→2.55%
    ✗ SOL    10→    99 2.10→2.55%
    ✗ ETH：未发送，仓位已变动
    ✗ BTC：交易所拒绝，“margin too low”
    ✗ SOL：未发送，请求次数已达上限，12 秒后恢复
    Otto · 20:00:00 UTC+8
    …
    🔴 账户保证金缺口 1,234 USD，是否对 1 个仓位减仓？
    账户保证金率 1.91%
            平仓   名义  释放
    DOGE 多  25% 12,345 1,300
    可以补齐全部缺口。
    🧪 模拟运行已开启：批准后也不会发送任何指令。
    5 分钟后过期。批准时会按最新行情再核对一次。
    [批准] [否决]
    "
  `);
});

test('繁體中文', async () => {
  expect(await conversation('zh-Hant')).toMatchInlineSnapshot(`
    "
    > /status
    🔴 帳戶保證金率 4.74%
    🧪 模擬執行：不會對交易所送出任何指令。
    權益        111,112
    可用餘額     12,346
    保證金      100,000
    未實現損益   -1,234
    名義價值    234.6萬
    最危險：ETH 多單 1.62% · 距強平 1.2%
    報價 0 秒前 · 帳戶資料 12 秒前 · 即時訂閱 3/2
    40 秒後進行下一次檢查
    bitfinex · Ballast 1.2.3 · 已運行 60 分鐘
    > /positions
    持倉 1–2，共 2 筆 · 最危險在前
    🔴! 1  🟢 1
    🧪 模擬執行：不會對交易所送出任何指令。
             比率 距離 保證金
    ETH! 多 1.62% 1.2%  1,500→1,500
    BTC  空 8.21% 7.7%  1,234→1,500
    🔒 BTC：上一筆操作結果未知，暫不動作。
    截至 20:00:00 UTC+8
    > /positions XYZ
    沒有 XYZ 的持倉。用 /positions 查看全部。
    /positions [代號]
    持倉列表（最危險在前）或單一倉位明細。
    例：/positions BTC
    > /positoins
    沒有 /positoins 這個指令。您是指 /positions 嗎？
    > /rebalance
    ⚖️ 再平衡：3 筆調整
    🧪 模擬執行：不會對交易所送出任何指令。
    讓各倉位的風險加權強平距離一致。先減後增。
    ETH   900→12.3萬 2.10→2.55%
    BTC 2,000→ 1,500 2.10→2.55%
    SOL    10→    99 2.10→2.55%
    可用餘額：12,345 → 11,000
    3 個倉位的差距低於門檻，不調整。
    2 分鐘內有效；按下執行時會再檢查一次。
    [▶️ 執行]
    ⚖️ 再平衡：完成 0/3 筆
    ✗ ETH   900→12.3萬 2.10→2.55%
    ✗ BTC 2,000→ 1,500 2.10→2.55%
    ✗ SOL    10→    99 2.10→2.55%
    ✗ ETH：未送出，倉位已變動
    ✗ BTC：交易所拒絕，「margin too low」
    ✗ SOL：未送出，請求次數已達上限，12 秒後恢復
    Otto · 20:00:00 UTC+8
    …
    🔴 帳戶保證金缺口 1,234 USD，是否對 1 個倉位減倉？
    帳戶保證金率 1.91%
            平倉   名義  釋放
    DOGE 多  25% 12,345 1,300
    可完全補足缺口。
    🧪 模擬執行開啟中：核准後也不會送出任何指令。
    5 分鐘後失效。核准時會依最新行情再檢查一次。
    [核准] [否決]
    "
  `);
});

test('한국어', async () => {
  expect(await conversation('ko')).toMatchInlineSnapshot(`
    "
    > /status
    🔴 계좌 증거금률 4.74%
    🧪 모의 실행 – 거래소에 아무 주문도 보내지 않습니다.
    순자산       111,112
    가용 잔고     12,346
    증거금       100,000
    미실현 손익   -1,234
    명목 가치    234.6만
    가장 위험: ETH 롱 1.62% · 청산까지 1.2%
    시세 0초 전 · 계좌 12초 전 · 실시간 구독 3/2
    다음 점검까지 40초
    bitfinex · Ballast 1.2.3 · 가동 60분
    > /positions
    포지션 1–2 / 총 2개 · 위험한 순
    🔴! 1  🟢 1
    🧪 모의 실행 – 거래소에 아무 주문도 보내지 않습니다.
             비율 거리 증거금
    ETH! 롱 1.62% 1.2%  1,500→1,500
    BTC  숏 8.21% 7.7%  1,234→1,500
    🔒 BTC: 직전 주문 결과가 미확인이라 더 건드리지 않습니다.
    21:00:00 UTC+9 기준
    > /positions XYZ
    XYZ 포지션이 없습니다. 전체 목록: /positions
    /positions [심볼]
    포지션 목록(위험한 순) 또는 하나의 상세.
    예: /positions BTC
    > /positoins
    /positoins 명령은 없습니다. 혹시 /positions 인가요?
    > /rebalance
    ⚖️ 리밸런싱: 3건 조정
    🧪 모의 실행 – 거래소에 아무 주문도 보내지 않습니다.
    위험 가중 청산 거리를 모든 포지션에서 같게 맞춥니다. 감액부터 실행합니다.
    ETH   900→12.3만 2.10→2.55%
    BTC 2,000→ 1,500 2.10→2.55%
    SOL    10→    99 2.10→2.55%
    가용 잔고: 12,345 → 11,000
    포지션 3개는 차이가 기준 미만이라 그대로 둡니다.
    2분 동안 유효하며, 실행을 누르면 다시 확인합니다.
    [▶️ 실행]
    ⚖️ 리밸런싱: 3건 중 0건 완료
    ✗ ETH   900→12.3만 2.10→2.55%
    ✗ BTC 2,000→ 1,500 2.10→2.55%
    ✗ SOL    10→    99 2.10→2.55%
    ✗ ETH: 미전송 – 그사이 포지션이 바뀜
    ✗ BTC: 거래소 거부 – “margin too low”
    ✗ SOL: 미전송 – 요청 한도 도달, 12초 후 가능
    Otto · 21:00:00 UTC+9
    …
    🔴 계좌 증거금 1,234 USD 부족 – 포지션 1개를 줄일까요?
    계좌 증거금률 1.91%
            종료   명목  확보
    DOGE 롱  25% 12,345 1,300
    부족액을 모두 메웁니다.
    🧪 모의 실행이 켜져 있어 승인해도 아무것도 보내지 않습니다.
    5분 후 만료. 승인하면 현재 시세로 다시 확인합니다.
    [승인] [거절]
    "
  `);
});
