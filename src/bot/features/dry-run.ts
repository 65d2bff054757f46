/** `/dryrun`: on at once, off only after two different questions. */
import { doneBy } from '../acted-by.ts';
import { ticketButton } from '../buttons/keys.ts';
import type { Press } from '../buttons/router.ts';
import { optional } from '../commands/argument.ts';
import { choice } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { edit, inBackground, reply, replyText } from '../reply.ts';
import { compose } from '../views/view.ts';

const ASK_TTL_MS = 60_000;

/** What the tickets of the two questions are about. */
type Step = 'first' | 'second' | 'keep';

export const dryRunCommand: Command = defineCommand({
  name: 'dryrun',
  role: 'operator',
  danger: 'risky',
  group: 'act',
  args: { wanted: optional(choice('switch', ['on', 'off'])) },
  examples: ['on', 'off'],
  run: async (request, { wanted }) => {
    if (wanted !== null) {
      await switchDryRun(request, wanted === 'on');
      return;
    }
    const isOn = request.door.status().dryRun;
    replyText(request, request.t(isOn ? 'dry-run-is-on' : 'dry-run-is-off'));
  },
});

/** On: done. Off: asks the first of two questions. Used by the settings menu too. */
export async function switchDryRun(request: Request, on: boolean): Promise<void> {
  const { t, door, person } = request;
  if (on) {
    await door.setDryRun(true, actorOf(person));
    replyText(request, t('dry-run-on'));
  } else if (door.status().dryRun) {
    await ask(request, 'first', null);
  } else {
    replyText(request, t('dry-run-is-off'));
  }
}

export function dryRunTicket(request: Request, press: Press): void | Promise<void> {
  const { t, door, person } = request;
  const { messageId, subject } = press;
  if (subject === 'first') return ask(request, 'second', messageId);
  if (subject !== 'second') return settle(request, messageId, t('dry-run-kept'));
  inBackground(request, 'dry run off', messageId, async () => {
    const answer = await door.setDryRun(false, actorOf(person));
    const key = answer === 'pinned' ? 'dry-run-pinned' : 'dry-run-off';
    settle(request, messageId, t(key));
  });
}

function settle(request: Request, messageId: number, html: string): void {
  edit(request, messageId, compose([html, doneBy(request)]));
}

async function ask(request: Request, step: Step, messageId: number | null): Promise<void> {
  const { t, person, chatId, tickets } = request;
  const nonces = await tickets.issue(person.id, chatId, ASK_TTL_MS, [
    { action: 'dry_run_off', subject: step },
    { action: 'dry_run_off', subject: 'keep' satisfies Step },
  ]);
  const [yes = '', keep = ''] = nonces;
  const yesKey = step === 'first' ? 'button-dry-run-continue' : 'button-dry-run-off';
  const yesButton = ticketButton(t.plain(yesKey), yes, 'danger');
  const keepButton = ticketButton(t.plain('button-dry-run-keep'), keep, 'success');
  // The second question has its buttons the other way round: a second tap in the same place keeps.
  const row = step === 'first' ? [yesButton, keepButton] : [keepButton, yesButton];
  const view = compose([t(`ask-${step}-dry-run`)], [row]);
  const onSent = (id: number) => tickets.bind(nonces, id);
  if (messageId === null) reply(request, view, { onSent });
  else edit(request, messageId, view, { onSent });
}
