import { Answer, Failure } from '../api/failure';
import { WriteInput, Written } from './written';

/**
 * How far a form is. A fact is shown as a dry run before it is sent. What is sent never changes until its outcome is known, its key
 * included, so sending it again records it once.
 */
export type Writing<Input> =
  | { readonly step: 'FILLING'; readonly refusal?: Refused }
  | { readonly step: 'REHEARSING'; readonly input: Input }
  | { readonly step: 'REHEARSED'; readonly input: Input; readonly rehearsal: Written }
  | { readonly step: 'SENDING'; readonly input: Input; readonly rehearsal: Written }
  /** There was no answer: it may be on record or not. */
  | { readonly step: 'UNKNOWN'; readonly input: Input; readonly rehearsal: Written; readonly failure: Failure }
  | { readonly step: 'RECORDED'; readonly written: Written };

export interface Refused {
  readonly failure: Failure;
  /** The dry run that the person agreed to; undefined if the dry run itself was refused. */
  readonly rehearsal?: Written;
}

export type WritingEvent<Input> =
  | { readonly type: 'EDIT' }
  | { readonly type: 'REHEARSE'; readonly input: Input }
  | { readonly type: 'SEND' }
  /** `input` is what the answer is to. */
  | { readonly type: 'ANSWER'; readonly input: Input; readonly answer: Answer<Written> };

/** With these codes nothing is on record. With any other, a mutation may be. */
const REFUSALS = new Set(['BAD_USER_INPUT', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'RULE_VIOLATION']);

/** An event that does not fit the step, such as the second click of a double click, changes nothing. */
export function nextStep<Input extends WriteInput>(
  writing: Writing<Input>,
  event: WritingEvent<Input>,
): Writing<Input> {
  switch (event.type) {
    case 'EDIT':
      return isLocked(writing) || isUntouched(writing) ? writing : { step: 'FILLING' };
    case 'REHEARSE':
      return isLocked(writing) ? writing : { step: 'REHEARSING', input: event.input };
    case 'SEND':
      if (writing.step !== 'REHEARSED' && writing.step !== 'UNKNOWN') return writing;
      return { step: 'SENDING', input: writing.input, rehearsal: writing.rehearsal };
    case 'ANSWER':
      return answered(writing, event);
  }
}

/** Whether what was sent may still be recorded, so that nothing else may be. */
export const isLocked = ({ step }: Writing<unknown>): boolean => step === 'SENDING' || step === 'UNKNOWN';

const isUntouched = (writing: Writing<unknown>): boolean => writing.step === 'FILLING' && writing.refusal === undefined;

function answered<Input extends WriteInput>(
  writing: Writing<Input>,
  { input, answer }: Extract<WritingEvent<Input>, { readonly type: 'ANSWER' }>,
): Writing<Input> {
  if (writing.step === 'REHEARSING' && writing.input === input) {
    if (!answer.ok) return { step: 'FILLING', refusal: { failure: answer.failure } };
    return { step: 'REHEARSED', input: agreedInput(input, answer.data), rehearsal: answer.data };
  }
  if (writing.step !== 'SENDING' || writing.input !== input) return writing;
  if (answer.ok) return { step: 'RECORDED', written: answer.data };
  const { rehearsal } = writing;
  if (REFUSALS.has(answer.failure.code)) return { step: 'FILLING', refusal: { failure: answer.failure, rehearsal } };
  return { step: 'UNKNOWN', input, rehearsal, failure: answer.failure };
}

/** Recorded only if the entity is as the dry run has shown it: else the server answers CONFLICT. */
function agreedInput<Input extends WriteInput>(input: Input, { changes: [change] }: Written): Input {
  return change === undefined ? input : { ...input, expectedRevision: change.revision - 1 };
}
