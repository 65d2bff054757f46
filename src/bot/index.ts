export { type AlertsState, alertsSchema, initialAlerts } from './alerts/alert-state.ts';
export type { BotOptions } from './bot-options.ts';
export { type BallastBot, type BotHealth, createBot } from './create-bot.ts';
export { type CardsState, cardsSchema, initialCards } from './live-card/card-state.ts';
export { initialOutbox, type OutboxState, outboxSchema } from './outbox/outbox-state.ts';
export { initialPeople, type PeopleState, peopleSchema } from './people/people-state.ts';
export { initialProgress, type Progress, progressSchema } from './polling/progress.ts';
