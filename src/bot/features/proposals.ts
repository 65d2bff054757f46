/** Whole sets of settings, from a profile or a file: the differences first, then one question. */
import type { SettingAnswer, SettingsProposal } from '../../engine/door.ts';
import type { Request } from '../context.ts';
import { actorOf } from '../people/directory.ts';
import { editText, inBackground, reply, replyText } from '../reply.ts';
import { showApplied } from '../settings/change.ts';
import { guardsOfSet, mayChange, risksOf } from '../settings/risks.ts';
import { settingName } from '../settings/show-value.ts';
import { differenceLines } from '../views/proposal.ts';
import { type Block, compose } from '../views/view.ts';
import type { Question, Questions } from './questions.ts';
import { askAsRisky, isCovered } from './risky.ts';

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
    const { person, t } = request;
    const { id, expiresAt, differences } = proposal;
    const blocks: Block[] = [
      title,
      t('proposal-changes', { n: differences.length }),
      ...differenceLines(differences, t),
    ];
    if (!mayChange(person.role, differences)) {
      reply(request, compose([...blocks, t('four-eyes-owner')]));
      return;
    }
    const risks = risksOf(differences);
    const apply: Question = {
      blocks,
      confirm: t.plain('button-apply'),
      style: 'success',
      guards: guardsOfSet(differences),
      expiresAt,
      onConfirm: (same, messageId) => {
        if (isCovered(same, messageId, differences, risks)) applySet(same, id, messageId);
      },
    };
    await askAsRisky(this.#questions, request, apply, risks);
  }
}

function applySet(request: Request, proposalId: string, messageId: number): void {
  const { door, person, t } = request;
  inBackground(request, 'apply settings', messageId, async () => {
    const answer: SettingAnswer = await door.applySettings(proposalId, actorOf(person));
    if (answer.kind === 'gone') editText(request, messageId, t('question-gone'));
    else await showApplied(request, messageId, answer);
  });
}
