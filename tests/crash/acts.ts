/** What the owner does in chat while the service runs, step by step, until it is killed. */
import { baseOf, parseSymbol } from '../../src/core/symbol.ts';
import type { Prng } from '../../src/sim/market/index.ts';
import { type Button, buttonLike, type Chat, type Message, nonceOf } from './chat.ts';
import type { Promises } from './promises.ts';

export interface ActContext {
  readonly chat: Chat;
  readonly promises: Promises;
  readonly random: Prng;
  readonly symbols: readonly string[];
  readonly signal: AbortSignal;
  /** Buttons pressed earlier, also before earlier kills. */
  readonly pressed: { readonly messageId: number; readonly data: string }[];
}

type Act = (context: ActContext) => Promise<void>;

const WAIT_MS = 2_000;
const PRESSED_MAX = 50;
const DOUBLE_TAP_SHARE = 0.3;

const newer = (id: number, pattern: RegExp) => (message: Message) =>
  message.id > id && pattern.test(message.text ?? '');
const edited = (before: Message, pattern: RegExp) => (message: Message) =>
  message.id === before.id && message.text !== before.text && pattern.test(message.text ?? '');

/** Says something and waits for the answer. */
async function ask(context: ActContext, text: string, answer: RegExp): Promise<Message> {
  const id = await context.chat.say(text);
  return context.chat.hear(newer(id, answer), WAIT_MS, context.signal);
}

/** Taps, sometimes twice, and waits for the message to become what it should. */
async function tap(
  context: ActContext,
  message: Message,
  button: Button | undefined,
  result: RegExp,
): Promise<Message> {
  const { chat, random, pressed, promises, signal } = context;
  const data = button?.data;
  if (!button || data === undefined) throw new Error('no such button');
  pressed.push({ messageId: message.id, data });
  if (pressed.length > PRESSED_MAX) pressed.shift();
  await chat.tap(message.id, data);
  if (random.next() < DOUBLE_TAP_SHARE) await chat.tap(message.id, data).catch(() => undefined);
  const shown = await chat.hear(edited(message, result), WAIT_MS, signal);
  const nonce = nonceOf(button);
  if (nonce !== null) promises.spentTold(nonce);
  return shown;
}

const pause: Act = async (context) => {
  context.promises.pauseAsked();
  const { text } = await ask(context, '/pause', /PAUSED/);
  // Until it is on disk nothing is promised.
  if (!/Not on disk yet/.test(text ?? '')) context.promises.pauseTold(true);
};

const resume: Act = async (context) => {
  const question = await ask(context, '/resume', /Resume\?|Nothing is paused/);
  const yes = buttonLike(question, /Resume/);
  context.promises.pauseAsked();
  if (yes) await tap(context, question, yes, /Resumed by/);
  context.promises.pauseTold(false);
};

const DRY_RUN = 'liquidation.dry_run';

const dryRunOn: Act = async (context) => {
  context.promises.settingAsked(DRY_RUN);
  await ask(context, '/dryrun on', /nothing is sent/);
  context.promises.settingTold(DRY_RUN, true);
};

const dryRunOff: Act = async (context) => {
  const first = await ask(context, '/dryrun off', /Switch dry run off\?|Dry run is off/);
  const next = buttonLike(first, /Continue/);
  context.promises.settingAsked(DRY_RUN);
  if (!next) {
    context.promises.settingTold(DRY_RUN, false);
    return;
  }
  const second = await tap(context, first, next, /Really\?/);
  await tap(context, second, buttonLike(second, /Trade for real/), /writes to the exchange\. Sw/);
  context.promises.settingTold(DRY_RUN, false);
};

/** Several settings at once, in one file. */
const importSettings: Act = async (context) => {
  const { chat, random, promises, signal } = context;
  const warning = Number(random.between(1, 9).toFixed(4));
  const reserve = Number(random.between(0, 50).toFixed(4));
  const file = `allocation:\n  reserve_usdt: ${reserve}\nthresholds:
  account_margin_rate_warning: ${warning}\n  min_adjustment_usdt: 1\n  min_deviation_pct: 0.5\n`;
  const id = await chat.sendFile('settings.yaml', file);
  const question = await chat.hear(newer(id, /would change/), WAIT_MS, signal);
  promises.settingAsked('thresholds.account_margin_rate_warning');
  promises.settingAsked('allocation.reserve_usdt');
  await tap(context, question, buttonLike(question, /Apply/), /Applied/);
  promises.settingTold('thresholds.account_margin_rate_warning', warning);
  promises.settingTold('allocation.reserve_usdt', reserve);
};

const saveProfile: Act = async (context) => {
  const name = `p${Math.floor(context.random.next() * 1e9)}`;
  await ask(context, `/profile save ${name}`, new RegExp(`kept as ${name}`));
  context.promises.profileTold(name);
};

const rebalance: Act = async (context) => {
  const plan = await ask(context, '/rebalance', /Rebalance|Nothing|✗|not|busy|Try/);
  const run = buttonLike(plan, /Run/);
  if (run) await tap(context, plan, run, /Running|Rebalanced|moved since|no longer/);
};

const byHand: Act = async (context) => {
  const { random, symbols } = context;
  const name = baseOf(parseSymbol(symbols[Math.floor(random.next() * symbols.length)] ?? ''));
  const acts = [`/topup ${name} 25`, `/release ${name} 15`, `/reduce ${name} 5%`];
  const text = acts[Math.floor(random.next() * acts.length)] ?? '';
  let question = await ask(context, text, /Top up|Release|Reduce|no such|least|most|free/);
  for (let step = 0; step < 2; step += 1) {
    const yes = buttonLike(question, /^(Continue|Top up|Release|Reduce)/);
    if (!yes) return;
    question = await tap(context, question, yes, /Really|Running|Done|moved|Not all|No longer/);
  }
};

/** Approves whatever plan waits. */
const approve: Act = async (context) => {
  const waiting = context.chat.messages.find((message) => buttonLike(message, /^Approve/));
  if (!waiting) return;
  const button = buttonLike(waiting, /^Approve/);
  await tap(context, waiting, button, /Approved by|plan approved|carried out|no longer/);
};

const look: Act = async (context) => {
  const told = context.promises.toldPaused;
  const status = await ask(context, '/status', /Account margin rate|No open positions/);
  const text = status.text ?? '';
  const isShown = told === null || /PAUSED/.test(text) === told;
  if (!isShown) throw new StatusError(`paused ${told}, /status says ${text}`);
};

/** A button of long ago, pressed again: nobody answers for what it once meant. */
const pressAgain: Act = async ({ chat, pressed, random }) => {
  const old = pressed[Math.floor(random.next() * pressed.length)];
  if (old) await chat.tap(old.messageId, old.data);
};

/** What the bot showed contradicts what it had told before. */
export class StatusError extends Error {}

const WRITING: readonly Act[] = [rebalance, rebalance, byHand, byHand, approve, approve];
const KEEPING: readonly Act[] = [importSettings, importSettings, saveProfile, pressAgain, look];

/** The next act. A stop of writing seldom lasts, so that there is something to kill. */
export function nextAct({ promises, random }: ActContext): Act {
  if (promises.isPaused) return random.next() < 0.5 ? resume : pick(KEEPING, random);
  if (promises.isDryRun) return random.next() < 0.5 ? dryRunOff : pick(KEEPING, random);
  const draw = random.next();
  if (draw < 0.06) return pause;
  if (draw < 0.1) return dryRunOn;
  return pick(draw < 0.65 ? WRITING : KEEPING, random);
}

function pick(acts: readonly Act[], random: Prng): Act {
  return acts[Math.floor(random.next() * acts.length)] ?? look;
}
