import { say } from '../language/say';
import { BeforeAndAfter } from './before-and-after';
import { ENTERING_TEXTS as TEXTS } from './texts';
import { WritingForm } from './use-writing';
import { ItemName } from './named-path';

type Props = Omit<WritingForm<unknown>, 'rehearse'> & { readonly itemName?: ItemName };

/** What the mutation would do, and the button that records it. */
export function Rehearsal({ writing, edit, send, itemName }: Props) {
  if (!('rehearsal' in writing)) return null;
  const { step, rehearsal } = writing;
  return (
    <section class="rehearsal" aria-label={say(TEXTS.rehearsal)}>
      <p class="rehearsal-title" role="status">
        {say(TEXTS.rehearsal)}
      </p>
      {rehearsal.needsProposal && <p>{say(TEXTS.needsProposal)}</p>}
      <BeforeAndAfter
        fields={rehearsal.changes.flatMap(({ fields }) => fields)}
        caption={say(TEXTS.rehearsal)}
        itemName={itemName}
      />
      {step === 'UNKNOWN' && (
        <div class="failed" role="alert">
          <p>{say(TEXTS.unknown)}</p>
          <p class="details">
            <code>{writing.failure.code}</code> {writing.failure.message}
          </p>
        </div>
      )}
      <p class="actions">
        <button type="button" class="primary" aria-disabled={step === 'SENDING'} onClick={send}>
          {say(sendText(step, rehearsal.needsProposal))}
        </button>
        {step === 'REHEARSED' && (
          <button type="button" onClick={edit}>
            {say(TEXTS.change)}
          </button>
        )}
      </p>
    </section>
  );
}

function sendText(step: 'REHEARSED' | 'SENDING' | 'UNKNOWN', needsProposal: boolean) {
  if (step === 'SENDING') return TEXTS.sending;
  if (step === 'UNKNOWN') return TEXTS.sendAgain;
  return needsProposal ? TEXTS.propose : TEXTS.record;
}
