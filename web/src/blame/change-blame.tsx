import { useQuestion } from '../api/questions';
import { ChangeAtDocument } from '../generated/documents';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { NOW } from '../moment/moment';
import { ChangeDetails } from './change-details';
import { beforeIt, changeIn } from './change-in';
import { useEntityId } from './entity-id';
import { FieldChanges } from './field-changes';
import { ChangeSource } from './figure-source';
import { LaterChanges } from './later-changes';
import { usePathNames } from './path-names';
import { BLAME_TEXTS } from './texts';

/** What one change says, what it changed, and what has corrected it until now. */
export function ChangeBlame({ source }: { readonly source: ChangeSource }) {
  const asked = useEntityId(source.entityType, source.entity, NOW);
  return (
    <Answered asked={asked}>
      {({ id }) => (id === null ? <Empty>{say(BLAME_TEXTS.noOrigin)}</Empty> : <Found id={id} source={source} />)}
    </Answered>
  );
}

function Found({ id, source }: { readonly id: string; readonly source: ChangeSource }) {
  const { position, entityType, entity } = source;
  const nameOf = usePathNames(entityType, entity, id);
  const asked = useQuestion(ChangeAtDocument, { id, before: beforeIt(position) });
  return (
    <Answered asked={asked}>
      {({ node }) => {
        const change = changeIn(node, position);
        if (change === undefined) return <Empty>{say(BLAME_TEXTS.noOrigin)}</Empty>;
        const { corrects, reverses, correctionsPage, fieldsPage } = change;
        return (
          <>
            <ChangeDetails change={change} />
            {corrects && <LaterChanges title={say(BLAME_TEXTS.itCorrects)} changes={[corrects]} />}
            {reverses && <LaterChanges title={say(BLAME_TEXTS.itReverses)} changes={[reverses]} />}
            <LaterChanges
              title={say(BLAME_TEXTS.correctedBy)}
              changes={correctionsPage.nodes}
              hasMore={correctionsPage.pageInfo.hasNextPage}
            />
            <h3>{say(BLAME_TEXTS.changed)}</h3>
            <FieldChanges fields={fieldsPage.nodes} nameOf={nameOf} hasMore={fieldsPage.pageInfo.hasNextPage} />
          </>
        );
      }}
    </Answered>
  );
}
