/**
 * Questions whose parameters live in the bot: asked with two buttons, answered once, by whoever
 * was asked, and gone after a restart. Nothing is done unless the first button is pressed in time.
 */

import type { Random } from '../../ports/clock.ts';
import { actedBy } from '../acted-by.ts';
import { ticketButton } from '../buttons/keys.ts';
import type { Press } from '../buttons/router.ts';
import type { Request } from '../context.ts';
import type { Guard } from '../people/guards.ts';
import { edit, editText, reply } from '../reply.ts';
import { type Block, compose, type View } from '../views/view.ts';
import { Waiting } from '../waiting.ts';

export interface Question {
  readonly blocks: readonly Block[];
  /** Labels, plain text. */
  readonly confirm: string;
  readonly cancel?: string;
  readonly style: 'danger' | 'success' | 'primary';
  /** The second of two questions: its buttons change places, so that a double tap cannot pass. */
  readonly swapped?: boolean;
  /** What the second factor may be asked for; nothing unless told. */
  readonly guards?: readonly Guard[];
  readonly expiresAt: number;
  readonly onConfirm: (request: Request, messageId: number) => void | Promise<void>;
}

interface Asked {
  readonly question: Question;
  readonly request: Request;
  readonly messageId: number;
}

const ID_RANGE = 2 ** 47;

export class Questions {
  readonly #random: Random;
  readonly #waiting = new Waiting<Asked>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** In a new message, or in place of what a message showed. */
  async ask(request: Request, question: Question, messageId: number | null = null): Promise<void> {
    const { person, chatId, tickets, clock } = request;
    const { expiresAt } = question;
    // Not a counter: tickets outlive a restart, and must not meet another question of that number.
    const id = Math.floor(this.#random() * ID_RANGE).toString(36);
    const nonces = await tickets.issue(person.id, chatId, expiresAt - clock.now(), [
      { action: 'confirm', subject: id },
      { action: 'cancel', subject: id },
    ]);
    const onSent = (sentId: number) => {
      tickets.bind(nonces, sentId);
      const asked = { question, request, messageId: sentId };
      this.#waiting.keep(clock, id, asked, expiresAt, (late) => this.#expire(late));
    };
    const view = () => questionView(request, question, nonces);
    if (messageId === null) reply(request, view, { onSent });
    else edit(request, messageId, view, { onSent });
  }

  confirm(request: Request, { messageId, subject }: Press): void | Promise<void> {
    const asked = this.#waiting.take(subject);
    if (asked) return asked.question.onConfirm(request, messageId);
    editText(request, messageId, request.t('question-gone'));
  }

  guardsOf(subject: string): readonly Guard[] {
    return this.#waiting.peek(subject)?.question.guards ?? [];
  }

  cancel(request: Request, { messageId, subject }: Press): void {
    const asked = this.#waiting.take(subject);
    const blocks = asked?.question.blocks ?? [];
    const line = request.t('question-cancelled', actedBy(request));
    edit(request, messageId, compose([...blocks, line]));
  }

  #expire({ question, request, messageId }: Asked): void {
    edit(request, messageId, compose([...question.blocks, request.t('question-expired')]));
  }
}

function questionView({ t }: Request, question: Question, nonces: readonly string[]): View {
  const [yes = '', no = ''] = nonces;
  const row = [
    ticketButton(question.confirm, yes, question.style),
    ticketButton(question.cancel ?? t.plain('button-cancel'), no),
  ];
  return compose(question.blocks, [question.swapped ? row.reverse() : row]);
}
