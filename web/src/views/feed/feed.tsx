import { useEffect } from 'preact/hooks';
import { refresh } from '../../api/connection';
import { current, useQuestion } from '../../api/questions';
import { changeFilterOf, filterTextsOf } from '../../changes/change-filter';
import { ChangeFilterForm } from '../../changes/change-filter-form';
import { LedgerHeadDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Empty, Failed } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { timeline, timelineBegin, timelineState } from '../../moment/timeline';
import { unitNote } from '../../preferences/unit-note';
import { place, setQuery } from '../../routing/router';
import { FeedList } from './feed-list';
import { startOf } from './start';
import { FEED_TEXTS as TEXTS } from './texts';
import { Feed, useDrawn, useFeed } from './use-feed';
import './feed.css';

/** The live feed. Its address has where it begins, so a reload or a link shows the same and goes on. */
export default function FeedView() {
  const { query } = place.value;
  const ledger = current(useQuestion(LedgerHeadDocument, {}))?.ledger;
  // Nothing is on record yet.
  const head = ledger && (ledger.head ?? '0');
  const start = startOf({
    head,
    timeline: timeline.value,
    begin: timelineBegin.value,
    state: timelineState.value.kind,
  });
  const { after } = query;
  useEffect(() => {
    if (after === undefined && start !== undefined) setQuery({ after: start });
  }, [after, start]);
  const texts = filterTextsOf(query);
  useSubject(texts.department, texts.year);
  const feed = useFeed(after, changeFilterOf(texts));
  const state = feed.state.value;
  return (
    <>
      <h1>{say(TEXTS.title)}</h1>
      <p class="quiet">{say(TEXTS.intro)}</p>
      <ChangeFilterForm texts={texts} />
      <div class="feed-bar">
        <p class={`live-state ${STATE_CLASSES[state.kind]}`} role="status">
          {say(TEXTS.states[state.kind])}
        </p>
        <button
          type="button"
          onClick={() => {
            setQuery({ after: '0' });
          }}
        >
          {say(TEXTS.fromStart)}
        </button>
        <button
          type="button"
          disabled={head === undefined}
          onClick={() => {
            setQuery({ after: head });
          }}
        >
          {say(TEXTS.fromNow)}
        </button>
        <span class="quiet">{unitNote()}</span>
        <Kept feed={feed} />
      </div>
      {state.kind === 'STOPPED' && (
        <Failed
          failure={state.failure}
          again={() => {
            refresh();
            feed.restart();
          }}
        />
      )}
      {state.kind === 'LIVE' && <None feed={feed} />}
      <FeedList feed={feed} />
    </>
  );
}

/** How many of the changes that came are kept. It is drawn with the list, and what is around it is not. */
function Kept({ feed }: { readonly feed: Feed }) {
  const { start, end } = useDrawn(feed).rows;
  return start > 0 && <p class="quiet">{say(TEXTS.kept(end - start, end))}</p>;
}

const None = ({ feed }: { readonly feed: Feed }) => useDrawn(feed).rows.end === 0 && <Empty>{say(TEXTS.none)}</Empty>;

const STATE_CLASSES = {
  CONNECTING: '',
  CATCHING_UP: '',
  LIVE: 'is-live',
  WAITING: '',
  STOPPED: 'is-stopped',
} as const;
