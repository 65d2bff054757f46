/** The features that keep something in mind between two messages. */
import type { Random } from '../../ports/clock.ts';
import { ActFeature } from './act.ts';
import { ResumeFeature } from './pause.ts';
import { Questions } from './questions.ts';
import { RebalanceFeature } from './rebalance.ts';

export interface Acts {
  readonly questions: Questions;
  readonly rebalance: RebalanceFeature;
  readonly byHand: ActFeature;
  readonly resume: ResumeFeature;
}

export function createActs(random: Random): Acts {
  const questions = new Questions(random);
  return {
    questions,
    rebalance: new RebalanceFeature(),
    byHand: new ActFeature(questions),
    resume: new ResumeFeature(questions),
  };
}
