import { LaterChangeFragment } from '../generated/documents';
import { say } from '../language/say';
import { showTime } from '../session/ledger';
import { ChangeFigure } from './change-figure';
import { personText } from './person';
import { BLAME_TEXTS } from './texts';

interface Props {
  readonly title: string;
  readonly changes: readonly LaterChangeFragment[];
  /** Whether there are more than these. */
  readonly hasMore?: boolean;
}

/** The changes that corrected or reversed another, each in a sentence that leads to its origin and its proof. */
export function LaterChanges({ title, changes, hasMore = false }: Props) {
  if (changes.length === 0) return null;
  return (
    <div class="later">
      <h4>{title}</h4>
      <ul>
        {changes.map(({ eventId, position, type, entity, entityType, recordedAt, documentNo, reason, actor }) => (
          <li key={eventId}>
            <ChangeFigure {...{ type, entity, entityType, position }} /> · {showTime(recordedAt)} · {personText(actor)}
            {documentNo !== null && ` · ${documentNo}`}
            {reason !== null && ` · ${reason}`}{' '}
            <span class="quiet">
              ({say(BLAME_TEXTS.position)} {position})
            </span>
          </li>
        ))}
      </ul>
      {hasMore && <p class="quiet">{say(BLAME_TEXTS.more)}</p>}
    </div>
  );
}
