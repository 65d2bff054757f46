export type { EngineDeps } from './deps.ts';
export * from './door.ts';
export { createEngine, type Engine } from './engine.ts';
export { Recovery } from './recovery.ts';
export { type DayDocument, dayDocumentSchema, emptyDay } from './statistics.ts';
