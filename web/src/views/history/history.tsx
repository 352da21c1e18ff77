import { useState } from 'preact/hooks';
import { useQuestion } from '../../api/questions';
import { useEntityId } from '../../blame/entity-id';
import { usePathNames } from '../../blame/path-names';
import { EntityHistoryDocument, EntityType } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { moment, place } from '../../routing/router';
import { Table } from '../../table/table';
import { ENTITY_TYPES, isEntityType } from '../../terms/entities';
import { historyColumns } from './columns';
import './history.css';
import { HISTORY_TEXTS } from './texts';

/** The changes of one entity that are on record at the moment that is shown, the newest first. */
export default function History() {
  const [type = '', code = ''] = place.value.parts;
  if (!isEntityType(type)) return <Empty>{say(HISTORY_TEXTS.none)}</Empty>;
  return <EntityChanges key={`${type}/${code}`} type={type} code={code} />;
}

interface Props {
  readonly type: EntityType;
  readonly code: string;
}

function EntityChanges({ type, code }: Props) {
  const asked = useEntityId(type, code, moment.value);
  const title = `${say(ENTITY_TYPES[type])} ${code}`;
  useSubject(title);
  return (
    <>
      <h1>{title}</h1>
      <p class="quiet">{say(HISTORY_TEXTS.about)}</p>
      <Answered asked={asked}>
        {({ id }) =>
          id === null ? <Empty>{say(HISTORY_TEXTS.none)}</Empty> : <Changes type={type} code={code} id={id} />
        }
      </Answered>
    </>
  );
}

function Changes({ type, code, id }: Props & { readonly id: string }) {
  const [before, setBefore] = useState<string>();
  const asked = useQuestion(EntityHistoryDocument, { id, before });
  const nameOf = usePathNames(type, code, id);
  return (
    <Answered asked={asked}>
      {({ node }) => {
        const history = node !== null && 'history' in node ? node.history : undefined;
        const { hasPreviousPage = false, startCursor = null } = history?.pageInfo ?? {};
        return (
          <>
            <Table
              caption={say(HISTORY_TEXTS.changes)}
              isStacked
              columns={historyColumns(nameOf)}
              rows={history?.nodes ?? []}
              keyOf={({ eventId }) => eventId}
              order={{ column: 'position', isDescending: true }}
              fileName={`mingjian-${type.toLowerCase()}-${code}-history`}
            />
            <p class="pages">
              {before !== undefined && (
                <button
                  type="button"
                  onClick={() => {
                    setBefore(undefined);
                  }}
                >
                  {say(HISTORY_TEXTS.newest)}
                </button>
              )}
              {hasPreviousPage && startCursor !== null && (
                <button
                  type="button"
                  onClick={() => {
                    setBefore(startCursor);
                  }}
                >
                  {say(HISTORY_TEXTS.older)}
                </button>
              )}
            </p>
          </>
        );
      }}
    </Answered>
  );
}
