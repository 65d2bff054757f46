/** The features that keep something in mind between two messages. */
import type { Random } from '../../ports/clock.ts';
import type { Pairing } from '../people/pairing.ts';
import { ActFeature } from './act.ts';
import { ResumeFeature } from './pause.ts';
import { PositionsFeature } from './positions.ts';
import { ProfileFeature } from './profile.ts';
import { ProposalFeature } from './proposals.ts';
import { Questions } from './questions.ts';
import { RebalanceFeature } from './rebalance.ts';
import { SecondFactorFeature } from './second-factor.ts';
import { UsersFeature } from './users.ts';

export interface Acts {
  readonly questions: Questions;
  readonly positions: PositionsFeature;
  readonly rebalance: RebalanceFeature;
  readonly byHand: ActFeature;
  readonly resume: ResumeFeature;
  readonly proposals: ProposalFeature;
  readonly profiles: ProfileFeature;
  readonly users: UsersFeature;
  readonly factor: SecondFactorFeature;
}

export function createActs(random: Random, pairing: Pairing): Acts {
  const questions = new Questions(random);
  const proposals = new ProposalFeature(questions);
  return {
    questions,
    proposals,
    positions: new PositionsFeature(),
    rebalance: new RebalanceFeature(),
    byHand: new ActFeature(questions),
    resume: new ResumeFeature(questions),
    profiles: new ProfileFeature(questions, proposals),
    users: new UsersFeature(questions, pairing),
    factor: new SecondFactorFeature(),
  };
}
