import { Amount } from '../../blame/figure';
import { entityHref } from '../../changes/entity-href';
import { say } from '../../language/say';
import { Link } from '../../routing/link';
import { showDayOf, showTime } from '../../session/ledger';
import { changeTypeText } from '../../terms/changes';
import { ENTITY_TYPES } from '../../terms/entities';
import { daysLate, FeedRow } from './feed-row';
import { FEED_TEXTS as TEXTS } from './texts';

/** One change in the feed: what, how much, where, by whom, when. Every item has the same height. */
export function FeedItem({ row }: { readonly row: FeedRow }) {
  const { type, position, entityType, entity, amount, line, actor, documentNo, recordedAt, effectiveAt } = row;
  const late = daysLate(row);
  const what = say(changeTypeText(type));
  return (
    <>
      <p class="feed-what">
        <strong>{what}</strong>{' '}
        {amount !== undefined && (
          <Amount yuan={amount} label={`${what} ${entity}`} source={{ kind: 'change', entityType, entity, position }} />
        )}{' '}
        <Link href={entityHref(entityType, entity)}>
          {say(ENTITY_TYPES[entityType])} {entity}
        </Link>
        {line !== undefined && <span class="quiet"> {line}</span>}
        {late !== undefined && <span class="tag">{say(TEXTS.late(late))}</span>}
      </p>
      <p class="feed-when">
        <time dateTime={recordedAt}>{showTime(recordedAt)}</time> · {say(TEXTS.inEffect)} {showDayOf(effectiveAt)} ·{' '}
        {actor.name ?? actor.sub}
        {documentNo !== null && <> · {documentNo}</>}
      </p>
    </>
  );
}
