import { current, useSnapshot } from '../../api/questions';
import { entityHref } from '../../changes/entity-href';
import { SearchByCodeDocument, SearchByNameDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { Link } from '../../routing/link';
import { hrefOf } from '../../routing/router';
import { ENTITY_TYPES } from '../../terms/entities';
import { foundIn, isCode, omitted } from './found';
import { SEARCH_TEXTS as TEXTS } from './texts';

/** No code begins so: it finds nothing. */
const NO_CODE = '0';

export function Entities({ wanted }: { readonly wanted: string }) {
  const byName = useSnapshot(SearchByNameDocument, { search: wanted });
  const byCode = useSnapshot(SearchByCodeDocument, { code: isCode(wanted) ? wanted : NO_CODE });
  // A list with half of what there is would be taken for the whole.
  const asked = {
    ...byName,
    failure: byName.failure ?? byCode.failure,
    isAsking: byName.isAsking || byCode.isAsking,
  };
  return (
    <Answered asked={asked}>
      {({ asOf }) => {
        const found = foundIn(isCode(wanted) ? current(byCode)?.asOf : undefined, asOf);
        const more = omitted(asOf);
        return (
          <section>
            <h2>{say(TEXTS.entities(found.length + more))}</h2>
            {found.length === 0 && <Empty>{say(TEXTS.none)}</Empty>}
            <ul class="found">
              {found.map(({ type, code, name, department, year }) => (
                <li key={`${type} ${code}`}>
                  <span class="tag-quiet">{say(ENTITY_TYPES[type])}</span>{' '}
                  <Link href={year === undefined ? entityHref(type, code) : hrefOf('department', [code, String(year)])}>
                    {name}
                  </Link>{' '}
                  <span class="quiet">
                    {code}
                    {department !== code && ` · ${say(TEXTS.of)} ${department}`}
                  </span>
                </li>
              ))}
            </ul>
            {more > 0 && <p class="quiet">{say(TEXTS.more(more))}</p>}
          </section>
        );
      }}
    </Answered>
  );
}
