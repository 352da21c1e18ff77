import { useEffect, useRef } from 'preact/hooks';
import { entityHref } from '../changes/entity-href';
import { say } from '../language/say';
import { Link } from '../routing/link';
import { hrefOf } from '../routing/router';
import { changeTypeText } from '../terms/changes';
import { BeforeAndAfter } from './before-and-after';
import { ENTERING_TEXTS as TEXTS } from './texts';
import { ItemName } from './named-path';
import { Written } from './written';

interface Props {
  readonly written: Written;
  readonly itemName?: ItemName;
  readonly onAnother: () => void;
}

/** What is on record now. */
export function Outcome({ written: { proposal, position, changes }, itemName, onAnother }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
  }, []);
  return (
    <section class="outcome">
      <h2 ref={title} tabIndex={-1}>
        {say(proposal === null ? TEXTS.recorded : TEXTS.proposed)}
      </h2>
      <p class="quiet">{say(TEXTS.recordedAt(position))}</p>
      {changes.map(({ eventId, type, entity, entityType, fields }) => (
        <div key={eventId}>
          <p>
            <strong>{say(changeTypeText(type))}</strong> <Link href={entityHref(entityType, entity)}>{entity}</Link>
          </p>
          <BeforeAndAfter fields={fields} caption={say(TEXTS.recorded)} itemName={itemName} />
        </div>
      ))}
      {proposal !== null && (
        <p>
          <Link href={hrefOf('proposals', [proposal.code])}>{say(TEXTS.showProposal)}</Link>
        </p>
      )}
      <p class="actions">
        <button type="button" class="primary" onClick={onAnother}>
          {say(TEXTS.another)}
        </button>
      </p>
    </section>
  );
}
