/**
 * A long run in a short time: the built service against a market that runs fast, with an owner who
 * never rests. What grows is measured after a warm-up, by its low points: between them a process
 * holds what nobody has collected yet.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Prng } from '../../src/sim/market/index.ts';
import { Books } from '../crash/books.ts';
import { type Build, buildService } from '../crash/build.ts';
import { Chat } from '../crash/chat.ts';
import { JournalReader } from '../crash/journal-reader.ts';
import { load, pause } from '../crash/load.ts';
import { type Outside, startOutside } from '../crash/outside.ts';
import { Promises } from '../crash/promises.ts';
import { Service, writeConfig } from '../crash/service.ts';
import type { Figure } from './figure.ts';

export interface SoakOptions {
  /** Market time to go through. */
  readonly hours: number;
  /** Real time it may take. */
  readonly minutes: number;
  readonly seed: number;
}

export interface SoakResult {
  readonly figures: readonly Figure[];
  readonly violations: readonly string[];
}

const POSITIONS = 24;
const FREE_USD = 6_000;
const LOOK_EVERY_MS = 5_000;
const WARM_UP_SHARE = 0.3;
const BUCKETS = 10;
const MB = 1024 * 1024;

const sampleSchema = z.object({
  ...{ ms: z.number(), rss: z.number(), heapUsed: z.number(), resources: z.number() },
});
type Sample = z.infer<typeof sampleSchema>;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-soak-'));
  const build = buildService();
  const outside = await startOutside(
    options.seed,
    POSITIONS,
    (options.hours * 60) / options.minutes,
  );
  try {
    return await new Soak(options, folder, build, outside).run();
  } finally {
    await outside.stop();
    build.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Soak {
  readonly #options: SoakOptions;
  readonly #outside: Outside;
  readonly #data: string;
  readonly #probe: string;
  readonly #log: string;
  readonly #service: Service;
  readonly #chat: Chat;
  readonly #journal: JournalReader;
  readonly #books = new Books(false);
  readonly #promises = new Promises();
  readonly #fds: number[] = [];
  #book: { symbol: string; amount: number }[] = [];
  #logSeq = 0;

  constructor(options: SoakOptions, folder: string, build: Build, outside: Outside) {
    this.#options = options;
    this.#outside = outside;
    this.#data = join(folder, 'data');
    this.#probe = join(folder, 'probe.jsonl');
    this.#log = join(folder, 'ballast.log');
    this.#chat = new Chat(outside.chatUrl);
    this.#journal = new JournalReader(this.#data);
    const probe = fileURLToPath(new URL('soak-probe.mjs', import.meta.url));
    this.#service = new Service({
      main: build.main,
      config: writeConfig(folder, outside, this.#data),
      flags: ['--import', probe],
      env: { SOAK_PROBE: this.#probe },
    });
  }

  async run(): Promise<SoakResult> {
    const stop = new AbortController();
    this.#chat.listen(stop.signal).catch(() => undefined);
    const { positions } = await this.#outside.state();
    this.#book = positions.map(({ symbol, amount }) => ({ symbol, amount }));
    await this.#service.ready;
    const working = load(
      {
        chat: this.#chat,
        promises: this.#promises,
        random: new Prng(this.#options.seed, 'soak'),
        symbols: this.#book.map(({ symbol }) => symbol),
        signal: stop.signal,
        pressed: [],
      },
      this.#outside,
      this.#books,
    );
    const deadline = performance.now() + this.#options.minutes * 60_000;
    while (performance.now() < deadline && !this.#service.isGone) {
      await Promise.race([pause(LOOK_EVERY_MS), this.#service.ended]);
      await this.#look();
    }
    if (this.#service.isGone) this.#books.violation('stays up', this.#service.output);
    stop.abort();
    await working;
    const { code } = await this.#service.kill('SIGTERM');
    if (code !== 0) this.#books.violation('stops', `exit code ${code}: ${this.#service.output}`);
    await this.#readBooks();
    this.#books.checkOutcomes();
    return { figures: this.#figures(), violations: this.#books.violations };
  }

  async #look(): Promise<void> {
    if (this.#service.isGone) return;
    this.#fds.push(readdirSync(`/proc/${this.#service.child.pid}/fd`).length);
    await this.#readBooks();
    const { positions, wallet } = await this.#outside.state();
    if (positions.length > POSITIONS * 0.7 && wallet.available > FREE_USD / 100) return;
    this.#books.bookReplaced();
    await this.#outside.refill(this.#book, FREE_USD);
    await this.#readBooks();
    this.#books.bookReplaced();
  }

  async #readBooks(): Promise<void> {
    const writes = await this.#outside.writesSince(this.#logSeq);
    for (const entry of this.#journal.read().entries) this.#books.onRecord(entry);
    for (const write of writes) {
      this.#logSeq = Math.max(this.#logSeq, write.seq);
      this.#books.onWrite(write);
    }
  }

  #figures(): Figure[] {
    const { hours, minutes } = this.#options;
    const lines = readFileSync(this.#probe, 'utf8').trim().split('\n');
    const samples = lines.map((line) => sampleSchema.parse(JSON.parse(line)));
    const perHour = hours / (minutes * 60_000);
    const slope = (of: (sample: Sample) => number) => slopeOfLows(samples, of) / perHour;
    const about = `over ${hours} simulated hours in ${minutes} minutes`;
    const log = readFileSync(this.#log, 'utf8');
    const unexpected = log.match(/unexpected (rejection|error)/g)?.length ?? 0;
    const late = this.#fds.slice(Math.floor(this.#fds.length * WARM_UP_SHARE));
    const fdRise = (late.at(-1) ?? 0) - (late[0] ?? 0);
    const growth = (path: string) => sizeOf(join(this.#data, path)) / MB / hours;
    const figure = (name: string, value: number, unit: string, goal = '') => ({
      ...{ name, value, unit, goal },
    });
    return [
      figure('soak_rss_slope_mb_per_h', slope(({ rss }) => rss) / MB, `MB ${about}`, '< 1'),
      figure('soak_heap_slope_mb_per_h', slope(({ heapUsed }) => heapUsed) / MB, `MB ${about}`),
      figure('soak_rss_max_mb', Math.max(...samples.map(({ rss }) => rss)) / MB, 'MB', '< 200'),
      figure('soak_unhandled', unexpected, 'unhandled rejections and errors', '0'),
      figure('soak_fd_rise', fdRise, `file descriptors after warm-up, ${late.at(-1)} at the end`),
      figure('soak_resources_end', samples.at(-1)?.resources ?? 0, 'timers, sockets, requests'),
      figure('soak_journal_mb_per_h', growth('journal'), 'MB a simulated hour'),
      figure('soak_history_mb_per_h', growth('history'), 'MB a simulated hour'),
      figure('soak_log_mb_per_h', log.length / MB / hours, 'MB a simulated hour'),
      figure('soak_intents', this.#books.intents.size, `in ${this.#journal.records} records`),
      figure('soak_acknowledged', this.#promises.acknowledged, 'acts told in chat'),
      figure('soak_violations', this.#books.violations.length, 'of the books', '0'),
    ];
  }
}

/** Least squares through the lowest sample of each stretch after the warm-up; per millisecond. */
function slopeOfLows(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const late = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const size = Math.max(1, Math.floor(late.length / BUCKETS));
  const lows: { x: number; y: number }[] = [];
  for (let from = 0; from + size <= late.length; from += size) {
    const bucket = late.slice(from, from + size);
    const low = bucket.reduce((least, sample) => (of(sample) < of(least) ? sample : least));
    lows.push({ x: low.ms, y: of(low) });
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const middle = { x: mean(lows.map(({ x }) => x)), y: mean(lows.map(({ y }) => y)) };
  const over = lows.reduce((sum, { x, y }) => sum + (x - middle.x) * (y - middle.y), 0);
  const under = lows.reduce((sum, { x }) => sum + (x - middle.x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
