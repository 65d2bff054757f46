import type { Notice } from '../core/notice.ts';

/** Where the engine says what people should know. Never throws and never blocks the engine. */
export interface Notifier {
  notify(notice: Notice): void;
}
