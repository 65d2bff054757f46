/** `/users`: who may talk to the bot. Owners invite by a one-time code, change roles, remove. */
import { doneBy } from '../acted-by.ts';
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import type { Person } from '../people/directory.ts';
import { INVITATION_TTL_MS, type Pairing } from '../people/pairing.ts';
import { allows, isRole, ROLES, type Role } from '../people/roles.ts';
import { audit, edit, editText, inBackground, reply, toast } from '../reply.ts';
import { duration } from '../views/duration.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import type { Questions } from './questions.ts';

const ASK_TTL_MS = 60_000;
const SHOWN_MAX = 40;
const MARK: Readonly<Record<Role, string>> = { viewer: '👁', operator: '🛠', owner: '👑' };

/** What a question about a person would do. */
type Change = { readonly kind: 'role'; readonly role: Role } | { readonly kind: 'remove' };

export class UsersFeature {
  readonly #questions: Questions;
  readonly #pairing: Pairing;

  constructor(questions: Questions, pairing: Pairing) {
    this.#questions = questions;
    this.#pairing = pairing;
  }

  readonly command: Command = defineCommand({
    name: 'users',
    role: 'owner',
    danger: 'acts',
    group: 'people',
    scope: 'private',
    args: {},
    run: (request) => this.show(request),
  });

  /** Back to the list. */
  readonly listPress: PressHandler = {
    role: 'owner',
    run: (request, { messageId }) => {
      toast(request, request.ctx);
      edit(request, messageId, () => listView(request));
    },
  };

  /** One person; the argument is the id. */
  readonly personPress: PressHandler = {
    role: 'owner',
    run: (request, { messageId, subject }) => {
      toast(request, request.ctx);
      const person = personOf(request, subject);
      edit(request, messageId, () => (person ? personView(request, person) : listView(request)));
    },
  };

  /** A code for somebody new; the argument is the role. It stays in the owner's chat. */
  readonly invitePress: PressHandler = {
    role: 'owner',
    run: (request, { subject }) => {
      const { t, ctx } = request;
      toast(request, ctx);
      if (!isRole(subject)) return;
      const code = this.#pairing.invite(subject);
      audit(request, 'invite', subject);
      const role = t.plain(`role-${subject}`);
      const span = duration(INVITATION_TTL_MS, t);
      const bot = ctx.me.username;
      reply(request, compose([t('users-invitation', { role, code, span, bot })]));
    },
  };

  /** `ID.role` or `ID.remove`. */
  readonly changePress: PressHandler = {
    role: 'owner',
    run: async (request, { subject }) => {
      const [id = '', wanted = ''] = subject.split('.');
      const person = personOf(request, id);
      const change = changeOf(wanted);
      toast(request, request.ctx, person && change ? '' : request.t.plain('button-outdated'));
      if (person && change) await this.#ask(request, person, change);
    },
  };

  show(request: Request): void {
    reply(request, () => listView(request));
  }

  async #ask(request: Request, person: Person, change: Change): Promise<void> {
    const { t, clock } = request;
    const { name } = person;
    const obstacle = obstacleTo(request, person);
    if (obstacle) {
      reply(request, compose([t(obstacle, { name })]));
      return;
    }
    const ask =
      change.kind === 'remove'
        ? t('users-ask-remove', { name })
        : t('users-ask-role', { name, role: t.plain(`role-${change.role}`) });
    const key = change.kind === 'remove' ? 'button-remove' : 'button-change';
    await this.#questions.ask(request, {
      blocks: [ask],
      confirm: t.plain(key),
      style: change.kind === 'remove' ? 'danger' : 'primary',
      guards: ['people'],
      expiresAt: clock.now() + ASK_TTL_MS,
      onConfirm: (same, messageId) => carryOut(same, messageId, person, change),
    });
  }
}

/** Roles may have changed since the question: what counts is the moment of the answer. */
function carryOut(request: Request, messageId: number, person: Person, change: Change): void {
  const { directory, t, commandList } = request;
  const asker = directory.find(request.person.id);
  const obstacle = obstacleTo(request, person);
  if (!asker || !allows(asker.role, 'owner') || obstacle) {
    editText(request, messageId, t(obstacle ?? 'question-gone', { name: person.name }));
    return;
  }
  const settle = (html: string) => edit(request, messageId, compose([html, doneBy(request)]));
  inBackground(request, 'change a person', messageId, async () => {
    if (change.kind === 'remove') {
      await directory.remove(person.id);
      commandList.forget(person.id);
      settle(t('users-removed', { name: person.name }));
    } else {
      await directory.setRole(person.id, change.role);
      const now = directory.find(person.id);
      if (now) commandList.ensure(now);
      const role = t.plain(`role-${change.role}`);
      settle(t('users-changed', { name: person.name, role }));
    }
    if (change.kind === 'role') audit(request, 'role_changed', `${person.id} ${change.role}`);
    else audit(request, 'person_removed', String(person.id));
  });
}

/** Nobody locks everybody out. The key of the text that says what is in the way. */
function obstacleTo({ directory, person: self }: Request, person: Person): string | null {
  if (!directory.find(person.id)) return 'users-gone';
  if (directory.isFixed(person.id)) return 'users-fixed';
  return person.id === self.id ? 'users-self' : null;
}

function listView({ directory, t }: Request): View {
  const people = [...directory.everybody()]
    .sort((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role) || a.name.localeCompare(b.name))
    .slice(0, SHOWN_MAX);
  const lines = people.map(({ role, name }) =>
    t('users-line', { mark: MARK[role], name, role: t.plain(`role-${role}`) }),
  );
  const perPerson = people.map(({ id, role, name }) => [
    pressButton(`${MARK[role]} ${shortName(name)}`, 'user', String(id)),
  ]);
  const invite = ROLES.map((role) =>
    pressButton(t.plain('button-invite', { role: t.plain(`role-${role}`) }), 'invite', role),
  );
  return compose(
    [t('users-title', { n: people.length }), ...lines, t('users-hint')],
    [...perPerson, ...invite.map((button) => [button])],
  );
}

function personView(request: Request, person: Person): View {
  const { t, directory, factor } = request;
  const { id, name, role } = person;
  const lines = [
    t('users-line', { mark: MARK[role], name, role: t.plain(`role-${role}`) }),
    t(factor.isEnrolled(id) ? 'users-factor-yes' : 'users-factor-no'),
    ...(directory.isFixed(id) ? [t('users-fixed', { name })] : []),
  ];
  const back = pressButton(t.plain('button-back'), 'users');
  if (obstacleTo(request, person)) return compose(lines, [[back]]);
  const roles = ROLES.filter((other) => other !== role).map((other) =>
    pressButton(
      t.plain('button-role', { role: t.plain(`role-${other}`) }),
      'userset',
      `${id}.${other}`,
    ),
  );
  const remove = pressButton(t.plain('button-remove'), 'userset', `${id}.remove`, 'danger');
  const buttons: Buttons = [roles, [remove], [back]];
  return compose(lines, buttons);
}

function personOf({ directory }: Request, id: string): Person | null {
  return /^\d{1,16}$/.test(id) ? directory.find(Number(id)) : null;
}

function changeOf(wanted: string): Change | null {
  if (wanted === 'remove') return { kind: 'remove' };
  return isRole(wanted) ? { kind: 'role', role: wanted } : null;
}

const NAME_MAX = 30;

function shortName(name: string): string {
  return [...name].slice(0, NAME_MAX).join('');
}
