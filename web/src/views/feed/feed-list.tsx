import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { say } from '../../language/say';
import { FeedItem } from './feed-item';
import { FeedRow } from './feed-row';
import { FEED_TEXTS as TEXTS } from './texts';
import { Feed, useDrawn } from './use-feed';
import { windowOf } from './window';

/** The same as in feed.css. */
const ROW_HEIGHT = 56;

/**
 * The newest change is at the top. Only the rows in sight are in the document. While the list is scrolled down, or something in it has the
 * focus, it holds still, and says how many changes have come since.
 */
export function FeedList({ feed }: { readonly feed: Feed }) {
  const { rows } = useDrawn(feed);
  const list = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(600);
  /** The end of the rows that are shown while the list holds still. */
  const [heldEnd, setHeldEnd] = useState<number>();
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  // A feed that begins anew numbers its rows anew.
  const end = heldEnd === undefined ? rows.end : Math.min(heldEnd, rows.end);
  const count = Math.max(0, end - rows.start);
  const { from, to } = windowOf({ scrollTop, height, rowHeight: ROW_HEIGHT, count });
  const places = Array.from({ length: to - from }, (_, index) => from + index + 1);
  const newer = rows.end - end;
  const hold = (): void => {
    setHeldEnd((held) => held ?? rows.end);
  };
  const toTop = (): void => {
    setHeldEnd(undefined);
    if (list.current !== null) list.current.scrollTop = 0;
  };
  return (
    <div class="feed">
      <p class="feed-newer" role="status">
        {newer > 0 && (
          <button type="button" class="primary" onClick={toTop}>
            {say(TEXTS.newer(newer))}
          </button>
        )}
      </p>
      <div
        class="feed-list"
        ref={list}
        tabIndex={0}
        role="region"
        aria-label={say(TEXTS.list)}
        onScroll={({ currentTarget }) => {
          const top = currentTarget.scrollTop;
          setScrollTop(top);
          if (isAtTop(currentTarget)) setHeldEnd(undefined);
          else hold();
        }}
      >
        <ol
          style={{ height: `${count * ROW_HEIGHT}px` }}
          onFocusIn={hold}
          onFocusOut={({ relatedTarget, currentTarget }) => {
            const isLeft = !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget));
            if (isLeft && isAtTop(list.current)) setHeldEnd(undefined);
          }}
        >
          {places.map((place) => {
            const row = rows.at(end - place);
            return row !== undefined && <FeedLine key={place} row={row} place={place} count={count} />;
          })}
        </ol>
      </div>
    </div>
  );
}

const isAtTop = (list: HTMLElement | null): boolean => list !== null && list.scrollTop < ROW_HEIGHT / 2;

interface LineProps {
  readonly row: FeedRow;
  /** Its place in the list, from 1. */
  readonly place: number;
  readonly count: number;
}

/** One place of the list. Newer changes move rows to other places: that is less work for the browser than to move what is drawn. */
function FeedLine({ row, place, count }: LineProps) {
  const item = useMemo(() => <FeedItem row={row} />, [row]);
  return (
    <li style={{ transform: `translateY(${(place - 1) * ROW_HEIGHT}px)` }} aria-posinset={place} aria-setsize={count}>
      {item}
    </li>
  );
}
