/**
 * `npm run screenshot`: starts the demo, lets its market fall, and takes the README's picture of
 * the chat page once there is something to see.
 */
import { mkdirSync } from 'node:fs';
import { run } from '../bench/processes.ts';
import { openBrowser, openPage } from './page/browser.ts';

const PICTURE = '.assets/chat.png';
const WAIT_MS = 120_000;

const demo = await run('src/main.ts', {
  args: ['demo'],
  env: { DEMO_CHAT_PORT: '0', DEMO_EXCHANGE_PORT: '0', DEMO_SCENARIO: 'crash' },
});
const chatUrl = /chat=(\S+)/.exec(demo.line)?.[1] ?? '';
const browser = await openBrowser();
try {
  const { page } = await openPage(browser, chatUrl, { width: 1180, height: 860 });
  const say = (text: string) =>
    fetch(new URL('/api/send', chatUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'owner', text }),
    });
  await say('/status');
  await page.getByRole('button', { name: 'Approve' }).first().waitFor({ timeout: WAIT_MS });
  await page.waitForTimeout(1_500);
  mkdirSync('.assets', { recursive: true });
  await page.screenshot({ path: PICTURE });
  process.stdout.write(`${PICTURE}\n`);
} finally {
  await browser.close();
  await demo.stop();
}
