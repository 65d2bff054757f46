/** Whole sets of settings, from a profile or a file: the differences first, then one question. */
import type { SettingAnswer, SettingsProposal } from '../../engine/door.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { editText, inBackground, reply, replyText } from '../reply.ts';
import { showApplied } from '../settings/change.ts';
import { settingName } from '../settings/show-value.ts';
import { differenceLines, risksOf } from '../views/proposal.ts';
import { type Block, compose } from '../views/view.ts';
import type { Question, Questions } from './questions.ts';

export class ProposalFeature {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  /** `title` is HTML that says where the set comes from. */
  async offer(request: Request, proposal: SettingsProposal, title: string): Promise<void> {
    const { t } = request;
    if (proposal.kind === 'unknown_profile') {
      replyText(request, t('profile-unknown'));
    } else if (proposal.kind === 'invalid') {
      const name = settingName(proposal.key, t);
      replyText(request, t('setting-refused', { name, expected: proposal.expected }));
    } else if (proposal.differences.length === 0) {
      reply(request, compose([title, t('proposal-same')]));
    } else {
      await this.#ask(request, proposal, title);
    }
  }

  async #ask(
    request: Request,
    proposal: Extract<SettingsProposal, { readonly kind: 'proposal' }>,
    title: string,
  ): Promise<void> {
    const { t } = request;
    const { id, expiresAt, differences } = proposal;
    const blocks: Block[] = [
      title,
      t('proposal-changes', { n: differences.length }),
      ...differenceLines(differences, t),
    ];
    const apply: Question = {
      blocks,
      confirm: t.plain('button-apply'),
      style: 'success',
      guard: 'settings',
      expiresAt,
      onConfirm: (same, messageId) => this.#apply(same, id, messageId),
    };
    const risks = risksOf(differences);
    if (risks.length === 0) return this.#questions.ask(request, apply);
    const really: Question = {
      ...apply,
      blocks: [...blocks, ...risks.map((risk) => t(`${risk}-ask-second`))],
      style: 'danger',
      swapped: true,
    };
    await this.#questions.ask(request, {
      ...apply,
      guard: null,
      blocks: [...blocks, ...risks.map((risk) => t(`${risk}-ask-first`))],
      confirm: t.plain('button-continue'),
      style: 'primary',
      onConfirm: (same, messageId) => this.#questions.ask(same, really, messageId),
    });
  }

  #apply(request: Request, proposalId: string, messageId: number): void {
    const { door, person, t } = request;
    inBackground(request, 'apply settings', messageId, async () => {
      const answer: SettingAnswer = await door.applySettings(proposalId, actorOf(person));
      if (answer.kind === 'gone') editText(request, messageId, t('question-gone'));
      else await showApplied(request, messageId, answer);
    });
  }
}
