/** Kill after kill on one data folder, with all books held against each other after each. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Prng } from '../../src/sim/market/index.ts';
import { Books } from './books.ts';
import { Chat } from './chat.ts';
import { JournalReader } from './journal-reader.ts';
import { writeLargeJournal } from './large-journal.ts';
import { load, pause } from './load.ts';
import { type Outside, startOutside } from './outside.ts';
import { Promises } from './promises.ts';
import { Service, type Start, verifyFolder, writeConfig } from './service.ts';

const POSITIONS = 12;
const FREE_USD = 3_000;
/** Kills come within this after `ready`; a fifth of them already during the start. */
const KILL_WITHIN_MS = 3_000;
const START_KILLS = 0.2;
/** Some live longer: finding out what became of a write takes more than three seconds. */
const LONG_LIVES = 0.15;
const LONG_LIFE_MS = 9_000;
/** What a killed process handed to the network arrives within this. */
const ARRIVAL_MS = 50;
const SETTLE_MS = 120_000;
const STOP_MS_MAX = 10_000;

export interface Tally {
  kills: number;
  startKills: number;
  failed: number;
  tornEnds: number;
  openAtKill: number;
  refills: number;
  /** From spawn to deciding, of every life that came so far. */
  readonly starts: Start[];
  /** Of these, what the exchange's reads took, in ms. */
  readonly startReadsMs: number[];
  stopMs: number;
  openAtEnd: number;
}

export class CrashRun {
  readonly tally: Tally = {
    ...{ kills: 0, startKills: 0, failed: 0, tornEnds: 0, openAtKill: 0, refills: 0 },
    ...{ starts: [], startReadsMs: [], stopMs: 0, openAtEnd: 0 },
  };
  readonly books = new Books(false);
  readonly promises = new Promises();
  readonly folder = mkdtempSync(join(tmpdir(), 'ballast-crash-'));
  readonly #data = join(this.folder, 'data');
  readonly #journal = new JournalReader(this.#data);
  readonly #random: Prng;
  readonly #outside: Outside;
  readonly #chat: Chat;
  readonly #listening = new AbortController();
  readonly #service: { readonly main: string; readonly config: string };
  readonly #pressed: { messageId: number; data: string }[] = [];
  #book: { symbol: string; amount: number }[] = [];
  #logSeq = 0;
  #readSeq = 0;

  private constructor(outside: Outside, seed: number, main: string) {
    this.#outside = outside;
    this.#random = new Prng(seed, 'kills');
    this.#chat = new Chat(outside.chatUrl);
    this.#service = { main, config: writeConfig(this.folder, outside, this.#data) };
  }

  /** So many `records` of an earlier year are in the journal; nothing is held against them. */
  static async begin(seed: number, main: string, records: number): Promise<CrashRun> {
    const outside = await startOutside(seed, POSITIONS);
    const run = new CrashRun(outside, seed, main);
    if (records > 0) await writeLargeJournal(run.#data, records);
    run.#journal.read();
    run.#chat.listen(run.#listening.signal).catch(() => undefined);
    const { positions } = await outside.state();
    run.#book = positions.map(({ symbol, amount }) => ({ symbol, amount }));
    return run;
  }

  get records(): number {
    return this.#journal.records;
  }

  async killOnce(): Promise<void> {
    const before = this.books.violations.length;
    const { tally } = this;
    const service = new Service(this.#service);
    const isStartKill = this.#random.next() < START_KILLS;
    const share = this.#random.next();
    if (isStartKill) {
      const usual = tally.starts.at(-1)?.ms ?? KILL_WITHIN_MS;
      await Promise.race([pause(share * usual), service.ended]);
      tally.startKills += 1;
    } else {
      const isLong = this.#random.next() < LONG_LIVES;
      await this.#liveFor(service, share * (isLong ? LONG_LIFE_MS : KILL_WITHIN_MS));
    }
    if (service.isGone)
      this.books.violation('stays up', `it ended by itself: ${this.#lastWords(service)}`);
    await service.kill('SIGKILL');
    tally.kills += 1;
    await pause(ARRIVAL_MS);
    await this.#audit(before);
    await this.#refillIfNeeded();
  }

  /** One more start: whatever is open gets its outcome, then the service stops in order. */
  async finish(): Promise<void> {
    const before = this.books.violations.length;
    await this.#outside.calm();
    const service = new Service(this.#service);
    await this.#comesUp(service);
    const deadline = performance.now() + SETTLE_MS;
    while (performance.now() < deadline && this.books.open().length > 0) {
      await pause(500);
      await this.#readBooks();
    }
    const { code, took } = await service.kill('SIGTERM');
    this.tally.stopMs = took;
    if (code !== 0) this.books.violation('stops', `exit code ${code}: ${this.#lastWords(service)}`);
    if (took > STOP_MS_MAX) this.books.violation('stops', `after ${Math.round(took)} ms`);
    await this.#audit(before);
    const open = this.books.open();
    this.tally.openAtEnd = open.length;
    for (const { id } of open) this.books.violation('all end', `${id} has no outcome`);
    this.books.checkOutcomes();
  }

  async end(): Promise<void> {
    this.#listening.abort();
    await this.#outside.stop();
    if (this.books.violations.length === 0) rmSync(this.folder, { recursive: true, force: true });
  }

  async #comesUp(service: Service): Promise<void> {
    const start = await service.ready;
    const reads = await this.#outside.startReads(this.#readSeq);
    if (reads === null) throw new Error('expected the reads of a start in the exchange’s log');
    this.#readSeq = reads.seq;
    this.tally.starts.push(start);
    this.tally.startReadsMs.push(reads.ms);
  }

  /** Under load from `ready` on, for so long. */
  async #liveFor(service: Service, ms: number): Promise<void> {
    try {
      await this.#comesUp(service);
    } catch (error) {
      this.books.violation('starts', String(error));
      return;
    }
    const stop = new AbortController();
    const working = load(
      {
        chat: this.#chat,
        promises: this.promises,
        random: this.#random.stream(`load ${this.tally.kills}`),
        symbols: this.#book.map(({ symbol }) => symbol),
        signal: stop.signal,
        pressed: this.#pressed,
      },
      this.#outside,
      this.books,
    );
    await Promise.race([pause(ms), service.ended]);
    // Nothing that is shown from here on counts as told: the kill may come first.
    stop.abort();
    service.child.kill('SIGKILL');
    await working;
  }

  async #audit(violationsBefore: number): Promise<void> {
    const { books, tally } = this;
    const tornBytes = await this.#readBooks();
    if (tornBytes > 0) tally.tornEnds += 1;
    tally.openAtKill += books.open().length;
    this.promises.settle(books);
    const damage = verifyFolder(this.#service.main, this.#data);
    // A service killed in its first moments has made no folder yet.
    if (damage !== null && this.records > 0) books.violation('journal whole', damage);
    const { moneyOutOfPlace } = await this.#outside.state();
    if (moneyOutOfPlace !== 0) books.violation('money', `${moneyOutOfPlace} USD out of place`);
    if (books.violations.length > violationsBefore) tally.failed += 1;
  }

  /** First what was written down, then what was received: nothing may be received without. */
  async #readBooks(): Promise<number> {
    const writes = await this.#outside.writesSince(this.#logSeq);
    const { entries, tornBytes } = this.#journal.read();
    for (const entry of entries) this.books.onRecord(entry);
    for (const write of writes) {
      this.#logSeq = Math.max(this.#logSeq, write.seq);
      this.books.onWrite(write);
    }
    return tornBytes;
  }

  async #refillIfNeeded(): Promise<void> {
    const { positions, wallet } = await this.#outside.state();
    const isThin = positions.length < POSITIONS * 0.7 || wallet.available < FREE_USD / 100;
    if (!isThin) return;
    await this.#outside.refill(this.#book, FREE_USD);
    this.books.bookReplaced();
    this.tally.refills += 1;
  }

  #lastWords(service: Service): string {
    let log = '';
    try {
      log = readFileSync(join(this.folder, 'ballast.log'), 'utf8').slice(-1_500);
    } catch {
      // It did not come so far.
    }
    return `${service.output.slice(-1_000)} ${log}`;
  }
}
