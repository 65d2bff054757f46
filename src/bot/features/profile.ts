/** `/profile`: whole sets of settings under a name, such as `calm` and `event-day`. */
import { doneBy } from '../acted-by.ts';
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { optional } from '../commands/argument.ts';
import { choice, profileName } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { edit, inBackground, inBackgroundReply, reply, replyText, toast } from '../reply.ts';
import { shortMoment } from '../views/times.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import type { ProposalFeature } from './proposals.ts';
import type { Questions } from './questions.ts';

const ASK_TTL_MS = 60_000;
const SHOWN_MAX = 30;
/** What a button has left for a name. */
const NAME_BYTES_MAX = 48;

export class ProfileFeature {
  readonly #questions: Questions;
  readonly #proposals: ProposalFeature;

  constructor(questions: Questions, proposals: ProposalFeature) {
    this.#questions = questions;
    this.#proposals = proposals;
  }

  readonly command: Command = defineCommand({
    name: 'profile',
    role: 'operator',
    danger: 'acts',
    group: 'configure',
    scope: 'private',
    args: {
      verb: optional(choice('verb', ['list', 'save', 'load'])),
      name: optional(profileName),
    },
    examples: ['save calm', 'load event-day', 'list'],
    fits: ({ verb, name }) => {
      const isNamed = verb === 'save' || verb === 'load';
      if (isNamed === (name !== null)) return null;
      return isNamed ? 'name' : '';
    },
    run: (request, { verb, name }) => {
      if (name === null) return reply(request, () => listView(request));
      return verb === 'save' ? this.#save(request, name) : this.load(request, name);
    },
  });

  /** The button under the list. */
  readonly press: PressHandler = {
    role: 'operator',
    run: (request, { subject }) => {
      toast(request, request.ctx);
      return this.load(request, subject);
    },
  };

  /** The list, from the settings menu. */
  show(request: Request): void {
    reply(request, () => listView(request));
  }

  load(request: Request, name: string): Promise<void> {
    const { door, t } = request;
    return this.#proposals.offer(request, door.proposeProfile(name), t('profile-title', { name }));
  }

  /** Over an earlier one of that name only after a question. */
  #save(request: Request, name: string): void | Promise<void> {
    const { door, person, t, clock } = request;
    if (!door.profiles().some((known) => known.name === name)) {
      inBackgroundReply(request, 'save profile', async () => {
        await door.saveProfile(name, actorOf(person));
        replyText(request, t('profile-saved', { name }));
      });
      return;
    }
    return this.#questions.ask(request, {
      blocks: [t('profile-replace', { name })],
      confirm: t.plain('button-replace'),
      style: 'danger',
      expiresAt: clock.now() + ASK_TTL_MS,
      onConfirm: (same, messageId) => {
        inBackground(same, 'save profile', messageId, async () => {
          await door.saveProfile(name, actorOf(same.person));
          edit(same, messageId, compose([t('profile-saved', { name }), doneBy(same)]));
        });
      },
    });
  }
}

function listView({ door, t }: Request): View {
  const profiles = door.profiles().slice(0, SHOWN_MAX);
  if (profiles.length === 0) return compose([t('profile-none')]);
  const lines = profiles.map(({ name, by, savedAt }) =>
    t('profile-line', { name, by: by.name, time: shortMoment(savedAt, t) }),
  );
  const buttons: Buttons = profiles
    .filter(({ name }) => Buffer.byteLength(name) <= NAME_BYTES_MAX)
    .map(({ name }) => [pressButton(t.plain('button-load', { name }), 'profile', name)]);
  return compose([t('profile-list'), ...lines], buttons);
}
