import { Failure, isSignedOut, unreachable } from '../failure';
import { pauseBefore } from './backoff';
import { LiveState, mayGoOn } from './live-state';

/** One connection that begins after a position. */
export type Connect<Item> = (
  after: string,
  handlers: { readonly onConnected: () => void; readonly onItem: (item: Item) => void },
) => Promise<Failure | undefined>;

/** What the feed says about where it is, besides changes. */
interface Mark {
  readonly kind: 'CAUGHT_UP' | 'PROGRESS' | 'LAGGED';
}

interface Following<Item extends { readonly position: string }> {
  readonly after: string;
  readonly connect: Connect<Item>;
  /** undefined: the item is a change. */
  readonly markOf: (item: Item) => Mark | undefined;
  readonly onChange: (item: Item) => void;
  readonly onState: (state: LiveState) => void;
  readonly onSignedOut: () => void;
  /** Waits before the next try. */
  readonly pause: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Follows the feed from a position on. Each new connection begins after the last item that came, so nothing is missing and nothing
 * comes twice, whatever happens to the connection or the server.
 */
export async function follow<Item extends { readonly position: string }>(following: Following<Item>): Promise<void> {
  const { connect, markOf, onChange, onState, onSignedOut, pause, signal } = following;
  // A function call, so that TypeScript does not take the signal for unchanged after an await.
  const hasEnded = (): boolean => signal.aborted;
  let { after } = following;
  for (let tries = 0; !hasEnded(); tries++) {
    const seen = { hasLagged: false };
    onState({ kind: 'CONNECTING' });
    const failure = await connect(after, {
      onConnected: () => {
        if (!hasEnded()) onState({ kind: 'CATCHING_UP' });
      },
      onItem: (item) => {
        if (hasEnded()) return;
        tries = 0;
        after = item.position;
        const mark = markOf(item);
        if (mark === undefined) onChange(item);
        else if (mark.kind === 'CAUGHT_UP') onState({ kind: 'LIVE' });
        seen.hasLagged = mark?.kind === 'LAGGED';
      },
    });
    if (hasEnded()) return;
    if (failure !== undefined && isSignedOut(failure)) onSignedOut();
    if (failure !== undefined && !mayGoOn(failure)) {
      onState({ kind: 'STOPPED', failure });
      return;
    }
    if (seen.hasLagged) continue;
    onState({ kind: 'WAITING', failure: failure ?? unreachable('The server ended the feed').failure });
    await pause(pauseBefore(tries));
  }
}
