import { useQuestion } from '../../api/questions';
import { changeFilterOf, filterTextsOf } from '../../changes/change-filter';
import { ChangeFilterForm } from '../../changes/change-filter-form';
import { ForwardPages } from '../../changes/forward-pages';
import { CorrectableFactsDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { Link } from '../../routing/link';
import { hrefOf, place } from '../../routing/router';
import { mayWriteIn } from '../../session/viewer';
import { showDayOf, showTime } from '../../session/ledger';
import { changeTypeText } from '../../terms/changes';
import { CORRECTABLE, figureText } from './correctable';
import { RECORD_TEXTS as TEXTS } from './texts';

/** The facts that can be corrected, in the order of their recording. */
export function FactChoice() {
  const { query } = place.value;
  const texts = filterTextsOf(query);
  const filter = { types: [...CORRECTABLE], ...changeFilterOf(texts) };
  const asked = useQuestion(CorrectableFactsDocument, { after: query.after ?? '0', filter });
  return (
    <>
      <h2>{say(TEXTS.chooseFact)}</h2>
      <ChangeFilterForm isPaged texts={texts} names={['department', 'year', 'type', 'actor']} />
      <Answered asked={asked}>
        {({ changes }) => {
          const nodes = changes?.nodes.filter(({ department }) => mayWriteIn(department)) ?? [];
          const next = changes?.pageInfo.hasNextPage === true ? changes.position : undefined;
          return (
            <>
              {nodes.length === 0 && <Empty>{say(next === undefined ? TEXTS.noFact : TEXTS.noFactHere)}</Empty>}
              <ul class="facts-to-choose">
                {nodes.map(({ eventId, position, type, entity, data, recordedAt, effectiveAt, documentNo, actor }) => (
                  <li key={eventId}>
                    <span>
                      <strong>{say(changeTypeText(type))}</strong> {figureText(data, say)} · {entity}
                      <br />
                      <span class="quiet">
                        {say(TEXTS.inEffect)} {showDayOf(effectiveAt)} · {showTime(recordedAt)} ·{' '}
                        {actor.name ?? actor.sub} {documentNo}
                      </span>
                    </span>
                    <Link
                      href={hrefOf('record', ['correction', position])}
                      aria-label={`${say(TEXTS.correct)}: ${say(changeTypeText(type))} ${entity} ${position}`}
                    >
                      {say(TEXTS.correct)}
                    </Link>
                  </li>
                ))}
              </ul>
              <ForwardPages next={next} />
            </>
          );
        }}
      </Answered>
    </>
  );
}
