/** Makes the trouble that a seed has drawn, at moments it draws, until it is told to stop. */
import { SECOND_MS } from '../../core/time.ts';
import type { FaultKind } from '../exchange/faults.ts';
import type { Prng } from '../market/index.ts';
import type { Draw, Trouble } from './draw.ts';
import type { Exchange } from './exchange.ts';
import { type NetworkTrouble, noTrouble } from './network.ts';
import type { Report } from './report.ts';
import type { SimDisk } from './sim-disk.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { WebsiteHand } from './website-hand.ts';

export interface TroubleSetup {
  readonly draw: Draw;
  readonly time: VirtualTime;
  readonly random: Prng;
  readonly exchange: Exchange;
  readonly network: NetworkTrouble;
  readonly disk: SimDisk;
  readonly hand: WebsiteHand;
  readonly report: Report;
  /** Ends of lives and the like, which are the world's own business. */
  readonly onLife: (kind: 'kill' | 'power_cut' | 'stop' | 'suspend' | 'document_lost') => void;
  readonly onClockStep: (ms: number) => void;
  /** The next write meets a position that somebody else closes while it is on its way. */
  readonly onRace: () => void;
}

const HOUR_MS = 3_600_000;
const COUNTED: ReadonlySet<string> = new Set<FaultKind>([
  'latency',
  'timeout_before',
  'timeout_after',
  'reset_before',
  'reset_after',
  'error_500_before',
  'error_500_after',
  'html_200',
  'cut_json',
  'rate_limit',
  'rate_limit_array',
  'nonce_small',
  'order_refused',
  'partial_fill',
  'null_balance',
  'set_without_effect',
  'quiet_collateral',
]);
const LASTING: ReadonlySet<string> = new Set<FaultKind>([
  'maintenance',
  'hidden_orders',
  'ws_silent',
  'ws_garbage',
]);
const CHANCES: ReadonlySet<string> = new Set<keyof NetworkTrouble>([
  'refused',
  'lost',
  'replyLost',
  'late',
  'duplicated',
  'resetBefore',
  'resetAfter',
  'frameRepeated',
  'framesSwapped',
]);
/** Faults of writes are worth more when they strike writes. */
const WRITE_PATHS = ['w/deriv/collateral/set', 'w/order/submit', undefined] as const;
const CLOCK_STEPS_MS = [-300_000, -3_000, 3_000, 300_000] as const;

export class TroubleMaker {
  readonly #setup: TroubleSetup;
  #isQuiet = false;

  constructor(setup: TroubleSetup) {
    this.#setup = setup;
    for (const [kind, perHour] of setup.draw.perHour) this.#next(kind, perHour);
  }

  get isQuiet(): boolean {
    return this.#isQuiet;
  }

  /** From here on nothing is wrong any more. */
  stop(): void {
    this.#isQuiet = true;
    const { exchange, network, disk } = this.#setup;
    exchange.faults.clear();
    Object.assign(network, noTrouble());
    Object.assign(disk.trouble, { failSyncs: 0, isFull: false, isLow: false, slowMs: 0 });
  }

  #next(kind: Trouble, perHour: number): void {
    const { time, random } = this.#setup;
    const delayMs = (-Math.log(1 - 0.999 * random.next()) * HOUR_MS) / perHour;
    time.after(delayMs, () => {
      if (this.#isQuiet) return;
      this.#next(kind, perHour);
      this.#setup.report.event(`trouble ${kind}`);
      this.#strike(kind);
    });
  }

  #strike(kind: Trouble): void {
    const { random, exchange } = this.#setup;
    if (COUNTED.has(kind)) {
      const path = WRITE_PATHS[Math.floor(random.next() * WRITE_PATHS.length)];
      const count = 1 + Math.floor(random.next() * 3);
      const ms = random.between(200, 15_000);
      exchange.faults.add({ kind: kind as FaultKind, count, ms, ...(path ? { path } : {}) });
    } else if (LASTING.has(kind)) {
      exchange.faults.add({ kind: kind as FaultKind, seconds: random.between(5, 300) });
    } else if (CHANCES.has(kind)) {
      this.#forAWhile(kind as keyof NetworkTrouble, random.between(0.05, 0.5));
    } else this.#strikeAtOnce(kind);
  }

  #strikeAtOnce(kind: Trouble): void {
    const { random, exchange, network, hand, report, time } = this.#setup;
    const { onLife, onClockStep, onRace } = this.#setup;
    report.marks.hit(`trouble ${kind}`);
    switch (kind) {
      case 'adl':
        exchange.deleverage();
        return;
      case 'ws_drop':
        exchange.hub.drop();
        if (random.next() < 0.5) exchange.faults.add({ kind, seconds: random.between(5, 120) });
        return;
      case 'ws_stop':
        exchange.hub.stop();
        return;
      case 'ws_maintenance':
        exchange.hub.maintenance(random.between(2, 120));
        return;
      case 'halfOpen':
        network.halfOpenUntil = time.at + random.between(10, 200) * SECOND_MS;
        return;
      case 'slow_line':
        this.#forAWhile('slowMs', random.between(300, 6_000));
        return;
      case 'clock_step':
        onClockStep(CLOCK_STEPS_MS[Math.floor(random.next() * CLOCK_STEPS_MS.length)] ?? 0);
        return;
      case 'hand_collateral':
        hand.recollateralise();
        return;
      case 'hand_close':
        hand.close();
        return;
      case 'hand_open':
        hand.open();
        return;
      case 'hand_wallet':
        hand.moveWallet();
        return;
      case 'positions_unread': {
        // The rest of the account can be read all the while.
        const seconds = random.between(60, 400);
        exchange.faults.add({ kind: 'error_500_before', seconds, path: 'r/positions' });
        return;
      }
      case 'hand_races':
        onRace();
        return;
      case 'kill':
      case 'power_cut':
      case 'stop':
      case 'suspend':
      case 'document_lost':
        onLife(kind);
        return;
      default:
        this.#strikeDisk(kind);
    }
  }

  #strikeDisk(kind: Trouble): void {
    const { disk, random, time } = this.#setup;
    const { trouble } = disk;
    const lastsMs = random.between(1, 60) * SECOND_MS;
    if (kind === 'sync_fails') trouble.failSyncs = 1;
    else if (kind === 'disk_full') {
      // Often somebody makes room before the last byte is gone.
      trouble.isLow = true;
      trouble.isFull = random.next() < 0.5;
      time.after(lastsMs, () => {
        trouble.isFull = false;
        trouble.isLow = false;
      });
    } else if (kind === 'disk_slow') {
      trouble.slowMs = random.between(20, 800);
      time.after(lastsMs, () => {
        trouble.slowMs = 0;
      });
    }
  }

  #forAWhile(what: keyof NetworkTrouble, value: number): void {
    const { network, random, time } = this.#setup;
    network[what] = value;
    time.after(random.between(10, 400) * SECOND_MS, () => {
      network[what] = 0;
    });
  }
}
