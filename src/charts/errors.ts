import { BallastError } from '../core/errors.ts';

/** A picture that could not be made; the subclass says why. */
export class ChartError extends BallastError {}

/** The specification itself cannot be drawn: the same one will fail again. */
export class ChartSpecError extends ChartError {}

/** Too many pictures are waiting already. */
export class ChartsBusyError extends ChartError {}

/** The picture took longer than allowed; its process was ended. */
export class ChartTimeoutError extends ChartError {}

/** The drawing process ended, or could not be started, while a picture was being made. */
export class ChartProcessError extends ChartError {}

/** Asked of charts that are closed. */
export class ChartsClosedError extends ChartError {}
