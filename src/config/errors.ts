import { BallastError } from '../core/errors.ts';

/** One readable message that names the key, what was expected and what it was; never a secret. */
export class ConfigError extends BallastError {}
