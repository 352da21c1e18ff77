import { useEffect, useState } from 'preact/hooks';
import { AsOfInput, TypedDocumentString } from '../generated/documents';
import { today } from '../session/ledger';
import { token } from '../session/token';
import { isDragging } from '../moment/dragging';
import { isFixed, Moment } from '../moment/moment';
import { moment } from '../routing/router';
import { Answers } from './answers';
import { ask } from './ask';
import { askEach } from './ask-each';
import { refreshes } from './connection';
import { Answer, Failure } from './failure';
import { answerAfter, LastAnswer } from './last-answer';

/** What a component knows of the answer to its question. */
export interface Asked<Data> {
  /** The newest answer. While another question is being asked it is that of the question before. */
  readonly data: Data | undefined;
  readonly failure: Failure | undefined;
  /** Whether `data` does not answer the question yet. */
  readonly isAsking: boolean;
  /** Whether `data` answers another question: the one before. While the same is asked again, it is not. */
  readonly isOfAnother: boolean;
}

/** The answer to the question itself, for what cannot be dimmed; undefined until it has come. */
export const current = <Data>({ data, isOfAnother }: Asked<Data>): Data | undefined => (isOfAnother ? undefined : data);

/** The variable of every document that asks about a snapshot. */
export interface AtMoment {
  readonly at: AsOfInput;
}

const KEPT_ANSWERS = 600;
const KEPT_CHARACTERS = 8_000_000;
/** A pointer that has not moved for this long rests. */
const RESTS_AFTER_MS = 60;
const answers = new Answers(KEPT_ANSWERS, KEPT_CHARACTERS);
// Nobody who is signed in can ask for them any more.
token.subscribe(() => {
  answers.clear();
});

/** Asks as of the moment that is shown, and again whenever it changes. The document has the variable `$at: AsOfInput!`. */
export function useSnapshot<Data, Variables extends AtMoment>(
  document: TypedDocumentString<Data, Variables>,
  variables: Omit<Variables, 'at'>,
): Asked<Data> {
  const at = moment.value;
  useEffect(() => register({ document, variables } as Shown), [document, JSON.stringify(variables)]);
  const asked = { ...variables, at } as Variables;
  return useAnswer(keyOf(document, asked), (signal) => ask(document, asked, signal), isFixed(at, today()));
}

/**
 * Asks the same with each of the variables, as of the moment that is shown: all answers, in that order. They are not asked for ahead:
 * many questions cost the server much, and perhaps nobody looks at their answers.
 */
export function useSnapshots<Data, Variables extends AtMoment>(
  document: TypedDocumentString<Data, Variables>,
  each: readonly Omit<Variables, 'at'>[],
): Asked<readonly Data[]> {
  const at = moment.value;
  const asked = each.map((variables) => ({ ...variables, at }) as Variables);
  return useAnswer(keyOf(document, asked), (signal) => askEach(document, asked, signal), isFixed(at, today()));
}

/** Asks about the present, or about what is named in the variables. It asks again when everything is refreshed. */
export const useQuestion = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Asked<Data> => useAnswer(keyOf(document, variables), (signal) => ask(document, variables, signal), false);

/** `key` names the question. An answer that is lasting is kept. */
function useAnswer<Data>(
  key: string,
  askFor: (signal: AbortSignal) => Promise<Answer<Data>>,
  isLasting: boolean,
): Asked<Data> {
  const round = refreshes.value;
  const kept = isLasting ? answers.get<Data>(key) : undefined;
  const [last, setLast] = useState<LastAnswer<Data>>();
  useEffect(() => {
    const show = (answer: Answer<Data>) => {
      setLast((before) => answerAfter(before, { key, round, answer }));
    };
    if (kept !== undefined) {
      show(kept);
      return undefined;
    }
    const controller = new AbortController();
    const wait = setTimeout(
      () =>
        void askFor(controller.signal).then((answer) => {
          if (controller.signal.aborted) return;
          if (isLasting) answers.keep(key, answer);
          show(answer);
        }),
      isDragging.peek() ? RESTS_AFTER_MS : 0,
    );
    return () => {
      clearTimeout(wait);
      controller.abort();
    };
  }, [key, round, isLasting]);
  const answer = kept ?? last?.answer;
  return {
    data: answer?.ok === true ? answer.data : undefined,
    failure: answer?.ok === false ? answer.failure : undefined,
    isAsking: kept === undefined && (last?.key !== key || last.round !== round),
    isOfAnother: kept === undefined && last?.key !== key,
  };
}

/** Names a question with the person who asks it: another person may read other things. */
const keyOf = (document: { toString(): string }, variables: unknown): string =>
  `${token.value ?? ''} ${document.toString()} ${JSON.stringify(variables)}`;

interface Shown {
  readonly document: TypedDocumentString<unknown, AtMoment>;
  readonly variables: object;
}

/** The questions of the components that are on screen. */
const shown = new Set<Shown>();

function register(question: Shown): () => void {
  shown.add(question);
  return () => shown.delete(question);
}

/** Asks what is on screen as of another moment, so that its answers are there when the person goes to it. */
export async function askAhead(at: Moment, signal: AbortSignal): Promise<void> {
  await Promise.all(
    [...shown].map(async ({ document, variables }) => {
      const asked = { ...variables, at };
      const key = keyOf(document, asked);
      if (answers.get(key) !== undefined) return;
      const answer = await ask(document, asked, signal);
      answers.keep(key, answer);
    }),
  );
}

/** Whether everything on screen is known as of the moment. */
export const isKnownAt = (at: Moment): boolean =>
  [...shown].every(({ document, variables }) => answers.get(keyOf(document, { ...variables, at })) !== undefined);
