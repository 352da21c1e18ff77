import { createHash } from 'node:crypto';
import { DocumentNode, getOperationAST, GraphQLSchema, print } from 'graphql';
import { mayRead } from '../../auth/policy';
import { andThen, Awaitable } from '../../kernel/async';
import { CorruptLedger, Outage } from '../../kernel/outage';
import { RequestContext } from '../context';
import { Execution } from '../execution/compiled-execution';
import { declaredVariables } from '../execution/declared-variables';
import { LastingQuestion, LastingQuestions } from './lasting-questions';

export interface LastingRequest extends Execution {
  readonly contextValue: RequestContext;
}

/**
 * The key of an answer that stays the same: the text of all that such an answer depends on in this process. That is the question, what the
 * caller may see, the log up to the position, and the version of the read models.
 */
export class AnswerKey {
  private asked: string | undefined;

  constructor(
    private readonly context: RequestContext,
    private readonly questions: readonly LastingQuestion[],
    /** The question, as text. It may be as long as the request. */
    private readonly question: () => readonly unknown[],
  ) {}

  /** undefined if there is no such answer now. */
  now(): Awaitable<string | undefined> {
    return andThen(marksOf(this.context, this.questions), (marks) => {
      if (marks === undefined) return undefined;
      const { principal, sight } = this.context;
      this.asked ??= JSON.stringify([...this.question(), principal.roles, sight]);
      return this.asked + JSON.stringify(marks);
    });
  }
}

/** Makes the keys of the answers that stay the same. */
export class AnswerKeys {
  private readonly questions: LastingQuestions;
  private readonly documents = new WeakMap<DocumentNode, string>();

  constructor(schema: GraphQLSchema) {
    this.questions = new LastingQuestions(schema);
  }

  /** undefined if the answer may change. The guards must have passed the request. */
  of({ document, operationName, variableValues, contextValue }: LastingRequest): AnswerKey | undefined {
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const variables = variableValues ?? {};
    const questions = this.questions.of(document, operation, variables);
    if (questions.length === 0 || !mayRead(contextValue.principal).ok) return undefined;
    return new AnswerKey(contextValue, questions, () => [
      this.digestOf(document),
      operation.name?.value,
      declaredVariables(operation, variables),
    ]);
  }

  private digestOf(document: DocumentNode): string {
    let known = this.documents.get(document);
    if (known === undefined)
      this.documents.set(document, (known = digest(document.loc?.source.body ?? print(document))));
    return known;
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

type Marks = readonly string[] | undefined;

/** What the log is up to each position. undefined if it has not come so far, or cannot be read: execution says why, if it meets the same. */
function marksOf(context: RequestContext, questions: readonly LastingQuestion[]): Awaitable<Marks> {
  const unreadable = (error: unknown): Marks => {
    if (!(error instanceof Outage || error instanceof CorruptLedger)) throw error;
    return undefined;
  };
  try {
    const all = questions.reduce<Awaitable<Marks>>(
      (marks, question) => andThen(marks, (known) => known && oneMore(context, question, known)),
      [],
    );
    return all instanceof Promise ? all.catch(unreadable) : all;
  } catch (error) {
    return unreadable(error);
  }
}

const oneMore = (context: RequestContext, question: LastingQuestion, marks: readonly string[]): Awaitable<Marks> =>
  andThen(markOf(context, question), (mark) => (mark === undefined ? undefined : [...marks, mark]));

function markOf(
  { services }: RequestContext,
  { position, looksBeyond }: LastingQuestion,
): Awaitable<string | undefined> {
  const { reader, logMarks, patience } = services;
  return andThen(reader.resolve({ position }), (snapshot) => {
    if (!snapshot.ok) return undefined;
    const marking = logMarks.at(position);
    return andThen(patience?.bound(marking) ?? marking, ({ text, events }) => (looksBeyond(events) ? undefined : text));
  });
}
