import { current } from '../../api/questions';
import { ChangeFigure } from '../../blame/change-figure';
import { readYearCode, useEntityId } from '../../blame/entity-id';
import { useOrigins } from '../../blame/field-origin';
import { pathWords } from '../../blame/path-words';
import { codedPath } from '../../blame/paths';
import { personText } from '../../blame/person';
import { useLineNames } from '../../changes/line-names';
import { namedPath } from '../../entering/named-path';
import { say } from '../../language/say';
import { Link } from '../../routing/link';
import { hrefOf } from '../../routing/router';
import { showDayOf, showTime } from '../../session/ledger';
import { ENTITY_TYPES } from '../../terms/entities';
import { DifferenceProps } from './difference-props';
import { FieldTable } from './field-table';
import { DIFFERENCE_TEXTS } from './texts';

/** What differs in one entity, and the changes behind it. */
export function Difference(props: DifferenceProps) {
  const { entityType, entity, fieldsPage, changesPage } = props.difference;
  const hasItems = fieldsPage.nodes.some(({ path }) => /^\/[^/]+\/\d+\//.test(path));
  return (
    <section class="difference">
      <h2>
        <Link href={hrefOf('history', [entityType, entity])}>
          {say(ENTITY_TYPES[entityType])} {entity}
        </Link>
      </h2>
      <div class="difference-parts">
        <div>
          {hasItems ? <NamedFields {...props} /> : <FieldTable {...props} />}
          {fieldsPage.pageInfo.hasNextPage && <p class="quiet">{say(DIFFERENCE_TEXTS.moreFields)}</p>}
        </div>
        <div>
          <h3>{say(DIFFERENCE_TEXTS.changes)}</h3>
          <Changes difference={props.difference} />
          {changesPage.pageInfo.hasNextPage && <p class="quiet">{say(DIFFERENCE_TEXTS.moreChanges)}</p>}
        </div>
      </div>
    </section>
  );
}

/** The API numbers the items of lists. A person knows them by their codes and names. */
function NamedFields(props: DifferenceProps) {
  const { data } = useEntityId(props.difference.entityType, props.difference.entity, props.to);
  return typeof data?.id === 'string' ? <OfEntity {...props} id={data.id} /> : <FieldTable {...props} />;
}

function OfEntity({ id, ...props }: DifferenceProps & { readonly id: string }) {
  const { entityType, entity } = props.difference;
  const origins = current(useOrigins(id))?.nodes ?? [];
  const codeOf = (path: string) => codedPath(origins, path);
  const isBudget = entityType === 'BUDGET';
  const lineNames = useLineNames(isBudget ? [readYearCode(entity).department] : []);
  const wordsOf = (path: string) => (isBudget ? namedPath(path, say, lineNames(entity)) : pathWords(codeOf(path)));
  return <FieldTable {...props} codeOf={codeOf} wordsOf={wordsOf} />;
}

const Changes = ({ difference: { entity, entityType, changesPage } }: Pick<DifferenceProps, 'difference'>) => (
  <ul class="field-changes">
    {changesPage.nodes.map(({ eventId, position, type, recordedAt, effectiveAt, actor, documentNo, reason }) => (
      <li key={eventId}>
        <ChangeFigure {...{ type, entity, entityType, position }} />{' '}
        <span class="quiet">
          {say(DIFFERENCE_TEXTS.recorded)} {showTime(recordedAt)} · {say(DIFFERENCE_TEXTS.inEffect)}{' '}
          {showDayOf(effectiveAt)} · {personText(actor)}
        </span>
        <br />
        {[documentNo, reason].filter((text) => text !== null).join(' · ')}
      </li>
    ))}
  </ul>
);
