import { useState } from 'preact/hooks';
import { ProposalFactsFragment } from '../../generated/documents';
import { say } from '../../language/say';
import { Failed } from '../../layout/asked';
import { mayPerform, mayWriteIn, viewer } from '../../session/viewer';
import { decisionsOf } from './deciding';
import { PROPOSAL_TEXTS as TEXTS } from './texts';
import { useDeciding } from './use-deciding';

/** The decisions that the person may make. */
export function Decide({ proposal }: { readonly proposal: ProposalFactsFragment }) {
  const sub = viewer.value?.sub ?? '';
  const decisions = decisionsOf(proposal, { sub, mayPerform, mayWriteIn });
  const { isSending, failure, isUnknown, decide } = useDeciding(proposal.code);
  const [isRejecting, setIsRejecting] = useState(false);
  if (decisions.length === 0) return null;
  return (
    <>
      {proposal.proposedBy.sub === sub && <p class="quiet">{say(TEXTS.own)}</p>}
      {isUnknown && <p role="alert">{say(TEXTS.unknown)}</p>}
      {failure !== undefined && <Failed failure={failure} />}
      {isRejecting ? (
        <RejectForm
          code={proposal.code}
          isSending={isSending}
          onReject={(reason) => {
            decide('rejectProposal', reason);
          }}
          onCancel={() => {
            setIsRejecting(false);
          }}
        />
      ) : (
        <p class="actions">
          {decisions.includes('confirmProposal') && (
            <button
              type="button"
              class="primary"
              aria-disabled={isSending}
              onClick={() => {
                decide('confirmProposal');
              }}
            >
              {say(isSending ? TEXTS.sending : TEXTS.confirm)}
            </button>
          )}
          {decisions.includes('rejectProposal') && (
            <button
              type="button"
              onClick={() => {
                setIsRejecting(true);
              }}
            >
              {say(TEXTS.reject)}…
            </button>
          )}
          {decisions.includes('withdrawProposal') && (
            <button
              type="button"
              aria-disabled={isSending}
              onClick={() => {
                decide('withdrawProposal');
              }}
            >
              {say(isSending ? TEXTS.sending : TEXTS.withdraw)}
            </button>
          )}
        </p>
      )}
    </>
  );
}

interface RejectProps {
  readonly code: string;
  readonly isSending: boolean;
  readonly onReject: (reason: string) => void;
  readonly onCancel: () => void;
}

function RejectForm({ code, isSending, onReject, onCancel }: RejectProps) {
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const id = `reason-${code}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setIsMissing(reason.trim() === '');
        if (reason.trim() !== '') onReject(reason.trim());
      }}
    >
      <div class={isMissing ? 'field is-wrong' : 'field'}>
        <label for={id}>{say(TEXTS.rejectReason)}</label>
        <textarea
          id={id}
          rows={2}
          value={reason}
          aria-invalid={isMissing}
          aria-describedby={isMissing ? `${id}-problem` : undefined}
          onInput={({ currentTarget }) => {
            setReason(currentTarget.value);
          }}
        />
        {isMissing && (
          <p class="field-problem" id={`${id}-problem`}>
            {say(TEXTS.needsReason)}
          </p>
        )}
      </div>
      <p class="actions">
        <button type="submit" class="primary" aria-disabled={isSending}>
          {say(isSending ? TEXTS.sending : TEXTS.reject)}
        </button>
        <button type="button" onClick={onCancel}>
          {say(TEXTS.cancel)}
        </button>
      </p>
    </form>
  );
}
