import { signal, Signal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { follow } from '../../api/live/follow';
import { LiveState } from '../../api/live/live-state';
import { subscribe } from '../../api/live/subscription';
import {
  ChangeFilter,
  FeedChangeFragment,
  FollowFeedDocument,
  FollowFeedSubscription,
} from '../../generated/documents';
import { endSession, token } from '../../session/token';
import { FeedBuffer } from './feed-buffer';
import { FeedRow, rowOf } from './feed-row';

type FeedItem = FollowFeedSubscription['changes'];

/** Rows that the page keeps. */
const KEPT_ROWS = 2_000;
/** Nobody reads a list that changes more often. */
const REDRAW_MS = 100;

export interface Feed {
  readonly rows: FeedBuffer<FeedRow>;
  /** Grows when there are other rows to draw. */
  readonly version: Signal<number>;
  readonly state: Signal<LiveState>;
  /** Begins anew after it has stopped. */
  readonly restart: () => void;
}

/** Follows the feed while the component is shown. `after` undefined: not yet. */
export function useFeed(after: string | undefined, filter: ChangeFilter): Feed {
  const [starts, setStarts] = useState(0);
  const feed = useMemo(
    () =>
      makeFeed(() => {
        setStarts((before) => before + 1);
      }),
    [],
  );
  const signedInAs = token.value;
  useEffect(() => {
    if (after === undefined) return undefined;
    const controller = new AbortController();
    feed.rows.clear();
    const redraw = redrawing(feed.version, controller.signal);
    redraw();
    void follow<FeedItem>({
      after,
      connect: (position, { onConnected, onItem }) =>
        subscribe(
          FollowFeedDocument,
          { after: position, filter },
          {
            onConnected,
            onData: ({ changes }) => {
              onItem(changes);
            },
            signal: controller.signal,
          },
        ),
      markOf: (item) => (item.__typename === 'FeedMark' ? item : undefined),
      onChange: (item) => {
        feed.rows.add(rowOf(item as FeedChangeFragment));
        redraw();
      },
      onState: (state) => {
        feed.state.value = state;
      },
      onSignedOut: () => {
        endSession(signedInAs);
      },
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      signal: controller.signal,
    });
    return () => {
      controller.abort();
    };
  }, [after, JSON.stringify(filter), signedInAs, starts]);
  return feed;
}

/** Draws the component again when there are other rows. */
export function useDrawn({ rows, version }: Feed): { readonly rows: FeedBuffer<FeedRow>; readonly version: number } {
  return { rows, version: version.value };
}

const makeFeed = (restart: () => void): Feed => ({
  rows: new FeedBuffer(KEPT_ROWS),
  version: signal(0),
  state: signal<LiveState>({ kind: 'CONNECTING' }),
  restart,
});

/** Has the list drawn with the next frame, however many rows have come. */
function redrawing(version: Signal<number>, ended: AbortSignal): () => void {
  let isWaiting = false;
  let drawnAt = -Infinity;
  const draw = (): void => {
    isWaiting = false;
    drawnAt = performance.now();
    if (!ended.aborted) version.value++;
  };
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    const wait = drawnAt + REDRAW_MS - performance.now();
    setTimeout(() => requestAnimationFrame(draw), Math.max(0, wait));
  };
}
