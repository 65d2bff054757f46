/** A real browser for the page's tests, or a printed reason why there is none. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

function findBrowser(): string | undefined {
  const asked = process.env['CHROMIUM_PATH'];
  const candidates = asked === undefined || asked === '' ? PLACES : [asked];
  return candidates.find((path) => existsSync(path));
}

const executablePath = findBrowser();

/** True where the page cannot be tried. With REQUIRE_BROWSER=1 the tests run, and fail instead. */
export const noBrowser = executablePath === undefined && process.env['REQUIRE_BROWSER'] !== '1';

if (noBrowser) {
  const looked = process.env['CHROMIUM_PATH'] ?? PLACES.join(', ');
  process.stderr.write(`page tests skipped: no browser at ${looked}; set CHROMIUM_PATH\n`);
}

export async function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) {
    throw new Error(`expected a browser at ${PLACES.join(' or ')} or at CHROMIUM_PATH`);
  }
  return chromium.launch({ executablePath, args: QUIET });
}

export interface OpenPage {
  readonly page: Page;
  /** What went wrong inside the page: uncaught errors and refused resources. */
  readonly errors: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<OpenPage> {
  const { width = 1280, height = 820, colorScheme = 'light' } = options;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  page.setDefaultTimeout(8000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) errors.push(message.text());
  });
  await page.goto(url);
  await page.locator('#status', { hasText: 'bot' }).waitFor();
  return { page, errors };
}
