/** How the disk under the data folder is doing: what cannot be written down must not be done. */
export interface DiskHealth {
  /** For how long the oldest write or sync has been waiting for the disk, in ms; 0 for none. */
  waitingMs(): number;
  /** Bytes that can still be written; null when that cannot be told. Never throws. */
  freeBytes(): Promise<number | null>;
}
