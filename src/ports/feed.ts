import type { Mark, Position, Wallet } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';

export type FeedChannel = 'public' | 'account';

export type FeedEvent =
  | { readonly type: 'mark'; readonly mark: Mark }
  | { readonly type: 'position'; readonly position: Position }
  | { readonly type: 'position_closed'; readonly symbol: PerpSymbol; readonly positionId: string }
  | { readonly type: 'positions'; readonly positions: readonly Position[] }
  | { readonly type: 'wallet'; readonly wallet: Wallet }
  /** Connected and subscribed: what came before is stale until a REST snapshot. */
  | { readonly type: 'up'; readonly channel: FeedChannel }
  | { readonly type: 'down'; readonly channel: FeedChannel; readonly reason: string }
  /** The venue pauses (info 20060) and resumes (20061). */
  | { readonly type: 'maintenance'; readonly active: boolean }
  /** A frame was unreadable: counted and logged, the last good state is kept. */
  | { readonly type: 'bad_frame'; readonly channel: FeedChannel; readonly reason: string };

/** Live data. Connects and reconnects for ever until closed; events arrive one at a time. */
export interface Feed {
  start(onEvent: (event: FeedEvent) => void): void;
  /** The symbols whose marks should stream from now on; replaces the earlier set. */
  subscribeMarks(symbols: ReadonlySet<PerpSymbol>): void;
  close(): Promise<void>;
}
