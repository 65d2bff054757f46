import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OWNER_ID, type RunningTelegram } from '../../../src/sim/telegram/index.ts';
import { result, startServer } from '../../sim/telegram/rig.ts';
import { noBrowser, openBrowser, openPage } from './browser.ts';
import { type SmallBot, startSmallBot } from './small-bot.ts';

describe.skipIf(noBrowser)('the chat page', () => {
  let browser: Browser;
  let telegram: RunningTelegram;
  let bot: SmallBot;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    telegram = await startServer();
    bot = await startSmallBot(telegram);
    ({ page, errors } = await openPage(browser, telegram.pageUrl));
  });

  afterEach(async () => {
    await page.close();
    await bot.stop();
    await telegram.close();
    expect(errors).toEqual([]);
  });

  const bubble = (text: string) => page.locator('.row', { hasText: text });
  const key = (label: string) => page.locator('.key', { hasText: label });
  const write = async (text: string) => {
    await page.fill('#text', text);
    await page.press('#text', 'Enter');
  };
  const send = (payload: object) =>
    result(telegram.core, 'sendMessage', { chat_id: OWNER_ID, ...payload });

  test('starts with a button, and shows both sides of the talk', async () => {
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await bubble('Choose').waitFor();
    expect(await page.locator('.row.mine').count()).toBe(1);
    await write('hello there');
    await bubble('You said: hello there').waitFor();
    expect(await page.locator('#text').inputValue()).toBe('');
  });

  test('turns a wheel on a pressed button until the bot answers', async () => {
    await write('/start');
    await key('Wait').click();
    await page.locator('.key[aria-busy="true"]', { hasText: 'Wait' }).waitFor();
    expect(await key('Toast').getAttribute('aria-busy')).toBeNull();
    await expect.poll(() => telegram.core.unansweredCallbacks().length).toBe(1);
    bot.release();
    await expect.poll(() => page.locator('.key[aria-busy]').count()).toBe(0);
  });

  test('still shows the wheel after a reload', async () => {
    await write('/start');
    await key('Wait').click();
    await expect.poll(() => telegram.core.unansweredCallbacks().length).toBe(1);
    await page.reload();
    await page.locator('.key[aria-busy="true"]').waitFor();
    bot.release();
    await expect.poll(() => page.locator('.key[aria-busy]').count()).toBe(0);
  });

  test('tells a toast, which passes, from an alert, which must be closed', async () => {
    await write('/start');
    await key('Toast').click();
    await page.locator('.toast', { hasText: 'A small word' }).waitFor();
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await key('Alert').click();
    await page.locator('dialog#alert[open]', { hasText: 'Look here!' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
  });

  test('shows an edit in place, marked, and the buttons gone', async () => {
    await write('/start');
    await key('Edit').click();
    await bubble('Chosen well').waitFor();
    expect(await page.locator('.row:not(.mine)').count()).toBe(1);
    expect(await bubble('Chosen well').locator('.meta').textContent()).toContain('edited');
    expect(await bubble('Chosen well').locator('b').textContent()).toBe('well');
    expect(await page.locator('.key').count()).toBe(0);
  });

  test('gives buttons the styles they were sent with', async () => {
    await write('/start');
    await key('Alert').waitFor();
    const colours = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.key')].map((key) => getComputedStyle(key).backgroundColor)",
    );
    expect(new Set(colours).size).toBe(4);
    expect(await key('Alert').getAttribute('class')).toContain('danger');
  });

  test('offers the bot’s commands by the menu, by a slash, and by the keyboard alone', async () => {
    await page.click('#menu');
    const offered = page.locator('#suggest button');
    await expect.poll(() => offered.count()).toBe(3);
    expect(await offered.first().textContent()).toContain('Begin');
    await page.keyboard.press('Escape');
    await page.keyboard.type('/p');
    await expect.poll(() => offered.count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.locator('.photo img').waitFor();
    await expect
      .poll(() => page.locator('.photo img').evaluate((node) => Reflect.get(node, 'naturalWidth')))
      .toBe(1);
  });

  test('never runs or renders what stands in a message', async () => {
    const evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';
    await write(evil);
    await bubble('You said: <img src=x').waitFor();
    const reply_markup = {
      inline_keyboard: [[{ text: '<b onclick="window.hurt=1">x</b>', callback_data: 'x' }]],
    };
    const href = '<a href="https://a.example/&quot;onclick=&quot;window.hurt=1">link</a>';
    await send({ text: href, parse_mode: 'HTML', reply_markup });
    await bubble('link').locator('a').waitFor();
    expect(await page.evaluate('window.hurt')).toBeUndefined();
    expect(await page.locator('.log img, .log script').count()).toBe(0);
    expect(await page.locator('.row.mine .body').textContent()).toContain(evil);
    expect(await bubble('link').locator('a').getAttribute('onclick')).toBeNull();
    expect(await page.locator('.key').textContent()).toBe('<b onclick="window.hurt=1">x</b>');
  });

  test('shows entities: code, quotes that unfold, spoilers, commands to press', async () => {
    const lines = 'one\ntwo\nthree\nfour\nfive';
    const text = [
      '<pre>BTC  1.20</pre>',
      `<blockquote expandable>${lines}</blockquote>`,
      '<tg-spoiler>secret</tg-spoiler> and /ask',
    ].join('\n');
    await send({ text, parse_mode: 'HTML' });
    expect(await page.locator('pre').textContent()).toBe('BTC  1.20');
    await page.locator('blockquote.folded').waitFor();
    await page.getByText('Show more').click();
    expect(await page.locator('blockquote.folded').count()).toBe(0);
    await page.locator('.spoiler').click();
    await page.locator('.spoiler.shown').waitFor();
    await page.locator('.command').click();
    await bubble('Your number?').waitFor();
    await page.locator('#replying', { hasText: 'Your number?' }).waitFor();
    await write('42');
    await page.locator('.row.mine .reply', { hasText: 'Your number?' }).waitFor();
    expect(await page.locator('#replying').isVisible()).toBe(false);
  });

  test('keeps the end in sight, unless one reads above: then it says what is new', async () => {
    for (let i = 0; i < 40; i += 1) await send({ text: `line ${i}` });
    const atEnd = () =>
      page
        .locator('#scroll')
        .evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 3);
    await bubble('line 39').waitFor();
    await expect.poll(atEnd).toBe(true);
    await page.locator('#scroll').evaluate((node) => node.scrollTo(0, 100));
    await expect.poll(atEnd).toBe(false);
    await send({ text: 'something new' });
    await page.locator('#chip', { hasText: '1 new message' }).click();
    await expect.poll(atEnd).toBe(true);
    await expect.poll(() => page.locator('#chip').isVisible()).toBe(false);
  });

  test('shows the pinned message, typing, and the reply keyboard', async () => {
    const { message_id } = await send({ text: 'Live card' });
    await result(telegram.core, 'pinChatMessage', { chat_id: OWNER_ID, message_id });
    await page.locator('#pinned', { hasText: 'Live card' }).waitFor();
    await result(telegram.core, 'sendChatAction', { chat_id: OWNER_ID, action: 'typing' });
    await page.locator('#status', { hasText: 'typing' }).waitFor();
    await send({ text: 'Keys', reply_markup: { keyboard: [['/start', '/ask']] } });
    expect(await page.locator('.typing').count()).toBe(0);
    await page.locator('#keyboard button', { hasText: '/start' }).click();
    await bubble('Choose').waitFor();
  });
});
