/** Who is chatting, on which screen, in which light, and what the market panel shows. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OWNER_ID, type RunningTelegram } from '../../../src/sim/telegram/index.ts';
import { result, startServer } from '../../sim/telegram/rig.ts';
import { noBrowser, openBrowser, openPage } from './browser.ts';

const STATE = {
  scenario: 'crash',
  wallet: { balance: 900, available: 250.4 },
  equity: 1234.5,
  accountMarginRatePct: 4.2,
  positions: [
    { symbol: 'tETHF0:USTF0', amount: 2, markPrice: 100, unrealizedPnl: 5, marginRatePct: 9.5 },
    { symbol: 'tBTCF0:USTF0', amount: -1, markPrice: 500, unrealizedPnl: -7, marginRatePct: 1.25 },
  ],
  liquidations: [
    { at: 1_767_614_400_000, symbol: 'tXRPF0:USTF0', amount: 9, markPrice: 2, collateralUsd: 50 },
  ],
  faults: [{ kind: 'latency' }],
};

describe.skipIf(noBrowser)('the window', () => {
  let browser: Browser;
  let telegram: RunningTelegram;
  let market: Server;
  const posted: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    market = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        if (request.method === 'POST') posted.push(`${request.url} ${body}`);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(STATE));
      });
    });
    await new Promise<void>((resolve) => {
      market.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(async () => {
    await browser?.close();
    market.closeAllConnections();
    market.close();
  });

  beforeEach(async () => {
    const { port } = market.address() as AddressInfo;
    telegram = await startServer({ marketUrl: `http://127.0.0.1:${port}` });
  });

  afterEach(async () => {
    await telegram.close();
  });

  test('shows the account, worst position first, and shakes the market', async () => {
    const { page, errors } = await openPage(browser, telegram.pageUrl);
    await page.locator('.figures', { hasText: '1,235' }).waitFor();
    const rows = await page.locator('.positions tbody tr').allTextContents();
    expect(rows.map((row) => row.slice(0, 3))).toEqual(['BTC', 'ETH']);
    expect(await page.locator('.positions .rate').first().getAttribute('class')).toContain('down');
    await page.locator('.happened', { hasText: 'XRP' }).waitFor();
    await page.locator('.shocks button', { hasText: '−20' }).click();
    await page.locator('.toast', { hasText: '−20' }).waitFor();
    expect(posted).toContain('/sim/shock {"symbol":"*","pct":-20,"seconds":5}');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => posted).toContain('/sim/fault {"kind":"none"}');
    expect(errors).toEqual([]);
    await page.close();
  });

  test('says so when there is no market, and chats all the same', async () => {
    const alone = await startServer();
    const { page } = await openPage(browser, alone.pageUrl);
    await page.locator('#panel', { hasText: 'no market is connected' }).waitFor();
    expect(await page.locator('.shocks button').first().isDisabled()).toBe(true);
    await page.fill('#text', 'hello');
    await page.click('#send');
    await page.locator('.row.mine', { hasText: 'hello' }).waitFor();
    await page.close();
    await alone.close();
  });

  test('fits a phone: nothing sticks out, tables fit, the market is a drawer', async () => {
    const size = { width: 375, height: 700 };
    const { page, errors } = await openPage(browser, telegram.pageUrl, size);
    const line = `${'x'.repeat(40)}|`;
    await result(telegram.core, 'sendMessage', {
      chat_id: OWNER_ID,
      text: `<pre>${line}\n${line}</pre>`,
      parse_mode: 'HTML',
    });
    const pre = page.locator('pre');
    await pre.waitFor();
    expect(await pre.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThan(1);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBe(size.width);
    const panel = page.locator('#panel');
    expect(await panel.isVisible()).toBe(false);
    await page.click('#open-panel');
    await page.locator('#panel button:focus').waitFor();
    await page.locator('.positions').waitFor();
    const box = await panel.boundingBox();
    expect(box?.width).toBeLessThan(size.width);
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.isVisible()).toBe(false);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('fits the smallest phones: wide tables scroll inside their message', async () => {
    const size = { width: 320, height: 640 };
    const { page, errors } = await openPage(browser, telegram.pageUrl, size);
    const button = (text: string) => ({ text, callback_data: text });
    await result(telegram.core, 'sendMessage', {
      ...{ chat_id: OWNER_ID, parse_mode: 'HTML' },
      text: `<pre>${'x'.repeat(70)}</pre>${'w'.repeat(90)}`,
      reply_markup: {
        inline_keyboard: [[button('➕ LINK'), button('✂️ LINK −25 %'), button('🛑 Close LINK')]],
      },
    });
    const pre = page.locator('pre');
    await pre.waitFor();
    expect(await pre.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeGreaterThan(20);
    const sticksOut = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.chat *')]
        .filter((node) => node.getBoundingClientRect().right > innerWidth)
        .map((node) => node.tagName + '.' + node.className + '#' + node.id)`,
    );
    expect(sticksOut).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(size.width);
    for (const label of await page.locator('.key').all()) {
      const hidden = await label.evaluate((node) => node.scrollWidth - node.clientWidth);
      expect(hidden, await label.innerText()).toBeLessThanOrEqual(0);
    }
    const name = await page.locator('#bot-name').boundingBox();
    const users = await page.locator('#users').boundingBox();
    expect(users?.x).toBeGreaterThanOrEqual((name?.x ?? 0) + (name?.width ?? 0));
    expect(errors).toEqual([]);
    await page.close();
  });

  test('follows the system into the dark, or the user’s own choice', async () => {
    const dark = { colorScheme: 'dark' } as const;
    const { page } = await openPage(browser, telegram.pageUrl, dark);
    const ground = 'getComputedStyle(document.body).backgroundColor';
    const light = async () => {
      const [red] = /\d+/.exec(await page.evaluate<string>(ground)) ?? [];
      return Number(red) > 127;
    };
    expect(await light()).toBe(false);
    await page.click('#more');
    await page.getByRole('button', { name: 'Light' }).click();
    expect(await light()).toBe(true);
    await page.reload();
    expect(await light()).toBe(true);
    await page.close();
  });

  test('switches between people, their languages, and blocking', async () => {
    const { page } = await openPage(browser, telegram.pageUrl);
    await page.fill('#text', 'from the owner');
    await page.press('#text', 'Enter');
    await page.locator('.row.mine').waitFor();
    await page.locator('#users button', { hasText: 'Stranger' }).click();
    await page.locator('.welcome').waitFor();
    await page.fill('#text', 'from the stranger');
    await page.press('#text', 'Enter');
    await page.locator('.row.mine', { hasText: 'from the stranger' }).waitFor();
    expect(telegram.core.messages('stranger')).toHaveLength(1);
    await page.click('#more');
    await page.locator('#settings button', { hasText: '繁' }).click();
    await expect.poll(() => telegram.core.users()[1]?.language).toBe('zh-hant');
    await page.locator('#settings button', { hasText: 'Block' }).click();
    await page.locator('#blocked').waitFor();
    expect(telegram.core.room('stranger').membership).toBe('blocked');
    await page.click('#unblock');
    await page.locator('#write').waitFor();
    await page.close();
  });

  test('comes back by itself when the emulator was away, and shows what it missed', async () => {
    const { page } = await openPage(browser, telegram.pageUrl);
    const { port } = new URL(telegram.pageUrl);
    await telegram.close();
    await page.locator('#status', { hasText: 'connecting' }).waitFor();
    telegram = await startServer({ port: Number(port) });
    telegram.core.say('owner', 'said meanwhile');
    await page.locator('.row', { hasText: 'said meanwhile' }).waitFor({ timeout: 15_000 });
    await page.close();
  });
});
