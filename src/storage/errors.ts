import { BallastError } from '../core/errors.ts';

/** The disk did not do what it should; nothing may be done any more. */
export class StorageError extends BallastError {}

/** The journal's middle is damaged: that is not what a crash does. A person has to look. */
export class CorruptJournalError extends StorageError {}
