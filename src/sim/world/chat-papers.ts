/**
 * People who keep sets of settings, bring whole documents and take changes back, by chance. What
 * they switch on or off in passing counts as their word like any other.
 */
import { HOUR_MS } from '../../core/time.ts';
import type { EngineDoor, SettingsProposal } from '../../engine/index.ts';
import type { Prng } from '../market/index.ts';
import type { Life } from './life.ts';
import { CUT_WITHOUT_CONSENT, DRY_RUN, type PermissionBook } from './permission-book.ts';
import type { Report } from './report.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface ChatPapersSetup {
  readonly time: VirtualTime;
  readonly random: Prng;
  readonly permissions: PermissionBook;
  readonly report: Report;
  readonly life: () => Life | null;
  readonly isQuiet: () => boolean;
}

const CAROL = { id: '3', name: 'Carol' };
const NAMES = ['careful', 'usual', 'bold'] as const;
const FORBIDDING: Readonly<Record<string, string>> = {
  'liquidation.dry_run': DRY_RUN,
  'liquidation.require_confirmation': CUT_WITHOUT_CONSENT,
};

export class ChatPapers {
  readonly #setup: ChatPapersSetup;
  #changeId: string | null = null;

  constructor(setup: ChatPapersSetup) {
    this.#setup = setup;
    this.#next();
  }

  #next(): void {
    const { time, random, report, life, isQuiet } = this.#setup;
    time.after(random.between(0.2, 2) * HOUR_MS, () => {
      this.#next();
      const door = life()?.door;
      if (!door || isQuiet()) return;
      this.#act(door).catch((error: unknown) => report.event(`paper failed ${String(error)}`));
    });
  }

  async #act(door: EngineDoor): Promise<void> {
    const { random, report } = this.#setup;
    const draw = random.next();
    const name = NAMES[Math.floor(NAMES.length * random.next())] ?? 'usual';
    if (draw < 0.4) {
      await door.saveProfile(name, CAROL);
      report.marks.hit('paper profile kept');
    } else if (draw < 0.6) await this.#apply(door, door.proposeProfile(name), 'profile');
    else if (draw < 0.8) {
      const liquidation = { require_confirmation: random.next() < 0.5 };
      const thresholds = { min_deviation_pct: Math.round(random.between(2, 12)) };
      const document = random.next() < 0.5 ? { thresholds } : { thresholds, liquidation };
      await this.#apply(door, door.proposeSettings(document), 'document');
    } else await this.#changeOrUndo(door);
  }

  async #changeOrUndo(door: EngineDoor): Promise<void> {
    const { random, report } = this.#setup;
    const changeId = this.#changeId;
    this.#changeId = null;
    if (changeId !== null) {
      const { kind } = await door.undoSetting(changeId, CAROL);
      report.marks.hit(`paper undo ${kind}`);
      return;
    }
    const usd = Math.round(random.between(10, 120));
    const answer = await door.changeSetting('thresholds.min_adjustment_usdt', usd, CAROL);
    if (answer.kind === 'changed') this.#changeId = answer.changeId;
  }

  async #apply(door: EngineDoor, proposal: SettingsProposal, what: string): Promise<void> {
    const { permissions, report } = this.#setup;
    if (proposal.kind !== 'proposal') return;
    const asked = proposal.differences.flatMap(({ key, after }) => {
      const forbidding = FORBIDDING[key];
      return forbidding ? [{ what: forbidding, ask: permissions.asks(forbidding), after }] : [];
    });
    for (const { what: forbidding, after } of asked) {
      if (after === false) permissions.allow(forbidding);
    }
    const { kind } = await door.applySettings(proposal.id, CAROL);
    report.marks.hit(`paper ${what} ${kind}`);
    if (kind !== 'changed' && kind !== 'changed_many') return;
    for (const { what: forbidding, ask, after } of asked) {
      if (after === true) permissions.forbid(forbidding, ask);
    }
  }
}
