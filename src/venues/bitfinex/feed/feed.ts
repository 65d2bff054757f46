/** Live data behind the `Feed` port: public marks and the account's own events. */
import type { PerpSymbol } from '../../../core/symbol.ts';
import type { Feed, FeedEvent } from '../../../ports/feed.ts';
import { AccountFeed, type AccountFeedDeps } from './account-feed.ts';
import { Maintenance } from './maintenance.ts';
import { PublicFeed } from './public-feed.ts';

export interface FeedDeps extends Omit<AccountFeedDeps, 'url' | 'maintenance' | 'emit'> {
  readonly wsUrl: string;
  readonly publicWsUrl: string;
  readonly publicConnectionsPerMinute: number;
}

export function createFeed(deps: FeedDeps): Feed {
  let listener: ((event: FeedEvent) => void) | null = null;
  let isClosed = false;
  let wanted: ReadonlySet<PerpSymbol> = new Set();
  const emit = (event: FeedEvent): void => listener?.(event);
  const maintenance = new Maintenance((active) => emit({ type: 'maintenance', active }));
  const marks = new PublicFeed({
    ...deps,
    url: deps.publicWsUrl,
    connectionsPerMinute: deps.publicConnectionsPerMinute,
    maintenance,
    emit,
  });
  const account = new AccountFeed({ ...deps, url: deps.wsUrl, maintenance, emit });
  return {
    start(onEvent) {
      if (listener || isClosed) return;
      listener = onEvent;
      account.start();
      marks.subscribe(wanted);
    },
    subscribeMarks(symbols) {
      wanted = new Set(symbols);
      if (listener && !isClosed) marks.subscribe(wanted);
    },
    async close() {
      isClosed = true;
      await Promise.all([account.close(), marks.close()]);
    },
  };
}
