/** A number that only rises, also over restarts and clocks that step back. */
export interface Counter {
  /**
   * Reserves `count` numbers, all above `floor` and above every number reserved before.
   * The reservation is on disk before it is handed out.
   */
  reserveAbove(floor: number, count: number): Promise<{ from: number; to: number }>;
}
