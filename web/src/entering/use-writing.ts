import { useRef, useState } from 'preact/hooks';
import { askOnce } from '../api/ask';
import { Answer, isSignedOut, unreachable } from '../api/failure';
import { refresh } from '../api/connection';
import { endSession, token } from '../session/token';
import { newIdempotencyKey } from './idempotency-key';
import { WriteDocument, WriteInput, Written } from './written';
import { nextStep, Writing, WritingEvent } from './writing';

export interface WritingForm<Input> {
  readonly writing: Writing<Input>;
  readonly edit: () => void;
  /** Asks what the mutation would do. */
  readonly rehearse: (input: Input) => void;
  /** Sends what was rehearsed or, if its outcome is unknown, the same again. */
  readonly send: () => void;
}

export function useWriting<Input extends WriteInput>(document: WriteDocument<Input>): WritingForm<Input> {
  const [shown, setShown] = useState<Writing<Input>>({ step: 'FILLING' });
  // A second click comes before the page is drawn again.
  const current = useRef(shown);
  const go = (event: WritingEvent<Input>): Writing<Input> | undefined => {
    const next = nextStep(current.current, event);
    if (next === current.current) return undefined;
    current.current = next;
    setShown(next);
    return next;
  };
  const askFor = async (input: Input, dryRun: boolean): Promise<void> => {
    const sentAs = token.peek();
    const answer = await answerOf(document, input, dryRun);
    if (!answer.ok && isSignedOut(answer.failure)) endSession(sentAs);
    const next = go({ type: 'ANSWER', input, answer });
    // What is on screen is older than the fact.
    if (next?.step === 'RECORDED') refresh();
  };
  return {
    writing: shown,
    edit: () => void go({ type: 'EDIT' }),
    rehearse(input) {
      const next = go({ type: 'REHEARSE', input: { ...input, idempotencyKey: newIdempotencyKey() } });
      if (next?.step === 'REHEARSING') void askFor(next.input, true);
    },
    send() {
      const next = go({ type: 'SEND' });
      if (next?.step === 'SENDING') void askFor(next.input, false);
    },
  };
}

async function answerOf<Input>(
  document: WriteDocument<Input>,
  input: Input,
  dryRun: boolean,
): Promise<Answer<Written>> {
  const answer = await askOnce(document, { input, dryRun });
  if (!answer.ok) return answer;
  const { written } = answer.data;
  return written === null ? unreachable('The server answered nothing') : { ok: true, data: written };
}
