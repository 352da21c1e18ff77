import { useQuestion } from '../../api/questions';
import { changeFilterOf, filterTextsOf } from '../../changes/change-filter';
import { ChangeFilterForm } from '../../changes/change-filter-form';
import { ForwardPages } from '../../changes/forward-pages';
import { LateChangesDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { Link } from '../../routing/link';
import { hrefOf, place } from '../../routing/router';
import { ChangesTable } from './changes-table';
import { LATE_TEXTS as TEXTS } from './texts';
import '../../layout/tabs.css';
import './late.css';

const DAYS = '30';

/** Facts that were recorded late, or corrections: two lists with the same filter. */
export default function Late() {
  const { parts, query } = place.value;
  const isCorrected = parts[0] === 'corrected';
  const texts = filterTextsOf(query);
  useSubject(texts.department, texts.year, say(TEXTS[isCorrected ? 'corrected' : 'late']));
  const { late: days = DAYS, ...others } = texts;
  const filter = changeFilterOf(isCorrected ? { ...others, corrections: 'yes' } : { ...others, late: days });
  const asked = useQuestion(LateChangesDocument, { after: query.after ?? '0', filter });
  const { after: _, ...kept } = query;
  const tab = (name: 'late' | 'corrected') => (
    <Link
      href={hrefOf('late', name === 'corrected' ? ['corrected'] : [], kept)}
      aria-current={(name === 'corrected') === isCorrected ? 'page' : undefined}
    >
      {say(TEXTS[name])}
    </Link>
  );
  return (
    <>
      <h1>{say(TEXTS.title)}</h1>
      <nav class="tabs" aria-label={say(TEXTS.tabs)}>
        {tab('late')}
        {tab('corrected')}
      </nav>
      <p class="quiet">{say(isCorrected ? TEXTS.correctedIntro : TEXTS.lateIntro(days))}</p>
      <ChangeFilterForm
        isPaged
        texts={isCorrected ? others : { ...texts, late: days }}
        names={['department', 'year', 'kind', 'actor', ...(isCorrected ? [] : (['late'] as const))]}
      />
      <Answered asked={asked}>
        {({ changes }) =>
          changes && (
            <>
              <ChangesTable changes={changes.nodes} isCorrected={isCorrected} />
              <ForwardPages next={changes.pageInfo.hasNextPage ? changes.position : undefined} />
            </>
          )
        }
      </Answered>
    </>
  );
}
