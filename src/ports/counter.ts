/** A number that only rises, also over restarts and clocks that step back. */
export interface Counter {
  /**
   * Reserves `count` numbers, all above `floor` and above every number reserved before, and
   * further ones up to `reach` where that is higher.
   * The reservation is on disk before it is handed out.
   */
  reserveAbove(floor: number, count: number, reach?: number): Promise<{ from: number; to: number }>;
}
