import { useQuestion } from '../api/questions';
import { ChangedSinceDocument } from '../generated/documents';
import { say } from '../language/say';
import { Answered } from '../layout/asked';
import { showTime } from '../session/ledger';
import { changeTypeText } from '../terms/changes';
import { BeforeAndAfter } from './before-and-after';
import { ENTERING_TEXTS as TEXTS } from './texts';
import { ItemName } from './named-path';
import { Written } from './written';

interface Props {
  /** The dry run that the person agreed to. */
  readonly rehearsal: Written;
  readonly itemName?: ItemName;
}

/** What others have recorded since the dry run. */
export function ChangedMeanwhile({ rehearsal, itemName }: Props) {
  const [change] = rehearsal.changes;
  return (
    <div class="failed" role="alert">
      <p>
        <strong>{say(TEXTS.changedMeanwhile)}</strong>
      </p>
      <p>{say(TEXTS.changedSince)}</p>
      {change !== undefined && (
        <Difference
          since={rehearsal.position}
          entity={change.entity}
          entityType={change.entityType}
          itemName={itemName}
        />
      )}
    </div>
  );
}

type DifferenceProps = Pick<Written['changes'][number], 'entity' | 'entityType'> & {
  readonly since: string;
  readonly itemName?: ItemName;
};

function Difference({ itemName, ...asked }: DifferenceProps) {
  return (
    <Answered asked={useQuestion(ChangedSinceDocument, asked)}>
      {({ diff }) =>
        diff?.nodes.map(({ fields, changesPage }) => (
          <div key={asked.entity}>
            <BeforeAndAfter fields={fields} caption={say(TEXTS.changedMeanwhile)} itemName={itemName} />
            <ul>
              {changesPage.nodes.map(({ eventId, type, recordedAt, documentNo, actor }) => (
                <li key={eventId}>
                  {say(changeTypeText(type))} · {showTime(recordedAt)} · {actor.name ?? actor.sub} {documentNo}
                </li>
              ))}
              {changesPage.pageInfo.hasNextPage && <li class="quiet">{say(TEXTS.moreChanges)}</li>}
            </ul>
          </div>
        ))
      }
    </Answered>
  );
}
