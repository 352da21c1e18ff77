import { useEffect, useRef, useState } from 'preact/hooks';
import { askOnce } from '../../api/ask';
import { refresh } from '../../api/connection';
import { Failure, isSignedOut } from '../../api/failure';
import { newIdempotencyKey } from '../../entering/idempotency-key';
import { ConfirmProposalDocument, RejectProposalDocument, WithdrawProposalDocument } from '../../generated/documents';
import { goTo, hrefOf } from '../../routing/router';
import { endSession, token } from '../../session/token';
import { Decision } from './deciding';

const DOCUMENTS = {
  confirmProposal: ConfirmProposalDocument,
  rejectProposal: RejectProposalDocument,
  withdrawProposal: WithdrawProposalDocument,
} as const;

/** With these codes nothing is on record. */
const REFUSALS = new Set(['BAD_USER_INPUT', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'RULE_VIOLATION']);

export interface Deciding {
  readonly isSending: boolean;
  readonly failure: Failure | undefined;
  /** Whether the decision that failed may be on record all the same. */
  readonly isUnknown: boolean;
  readonly decide: (decision: Decision, reason?: string) => void;
}

/** Each decision with its reason has one key, so the same decision is recorded once however often it is sent. */
export function useDeciding(code: string): Deciding {
  const keys = useRef(new Map<string, string>());
  const sending = useRef(false);
  const isShown = useRef(true);
  useEffect(
    () => () => {
      isShown.current = false;
    },
    [],
  );
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const send = async (decision: Decision, reason: string | undefined): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    setIsSending(true);
    const what = `${decision} ${reason ?? ''}`;
    const idempotencyKey = keys.current.get(what) ?? newIdempotencyKey();
    keys.current.set(what, idempotencyKey);
    const sentAs = token.peek();
    const answer = await askOnce(DOCUMENTS[decision], { input: { code, reason, idempotencyKey } });
    sending.current = false;
    setIsSending(false);
    setFailure(answer.ok ? undefined : answer.failure);
    if (answer.ok) {
      // The list has only what waits. Here the decision is seen, unless the person has gone elsewhere meanwhile.
      if (isShown.current) goTo(hrefOf('proposals', [code]));
      refresh();
    } else if (isSignedOut(answer.failure)) endSession(sentAs);
  };
  return {
    isSending,
    failure,
    isUnknown: failure !== undefined && !REFUSALS.has(failure.code),
    decide: (decision, reason) => void send(decision, reason),
  };
}
