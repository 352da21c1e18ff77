import { say } from '../../language/say';
import { Empty } from '../../layout/asked';
import { isTimelineWhole, timeline } from '../../moment/timeline';
import { Link } from '../../routing/link';
import { hrefOf } from '../../routing/router';
import { showTime } from '../../session/ledger';
import { changeTypeText } from '../../terms/changes';
import { withDocument } from './found';
import { SEARCH_TEXTS as TEXTS } from './texts';

const MOST = 100;

/** The API has no search by document number: the timeline of the page has all of them. */
export function Documents({ wanted }: { readonly wanted: string }) {
  const [found, hasMore] = firstOf(withDocument(timeline.value, wanted, MOST + 1));
  return (
    <section>
      <h2>{say(TEXTS.documents)}</h2>
      {!isTimelineWhole.value && <p class="quiet">{say(TEXTS.notAll)}</p>}
      {found.length === 0 && <Empty>{say(TEXTS.none)}</Empty>}
      <ul class="found">
        {found.map(({ position, documentNo, type, entity, recordedAt }) => (
          <li key={position}>
            <Link href={hrefOf('feed', [], { after: String(BigInt(position) - 1n) })}>{documentNo}</Link>{' '}
            {say(changeTypeText(type))} <span class="quiet">{`${entity} · ${showTime(recordedAt)}`}</span>
          </li>
        ))}
      </ul>
      {hasMore && <p class="quiet">{say(TEXTS.moreDocuments(MOST))}</p>}
    </section>
  );
}

const firstOf = <Change,>(changes: readonly Change[]): readonly [found: readonly Change[], hasMore: boolean] => [
  changes.slice(0, MOST),
  changes.length > MOST,
];
