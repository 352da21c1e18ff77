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
 * Makes the keys of answers that stay the same. A key is the text of all that such an answer depends on in this process: the log up to the
 * position, the version of the read models, what the caller may see, and the question.
 */
export class AnswerKeys {
  private readonly questions: LastingQuestions;
  private readonly documents = new WeakMap<DocumentNode, string>();

  constructor(schema: GraphQLSchema) {
    this.questions = new LastingQuestions(schema);
  }

  /** undefined if the answer may change, or if there is none now. The guards must have passed the request. */
  of(request: LastingRequest): Awaitable<string | undefined> {
    const { document, operationName, contextValue } = request;
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const variables = request.variableValues ?? {};
    const questions = this.questions.of(document, operation, variables);
    const { principal, sight } = contextValue;
    if (questions.length === 0 || !mayRead(principal).ok) return undefined;
    return andThen(marksOf(contextValue, questions), (marks) => {
      if (marks === undefined) return undefined;
      const asked = [this.digestOf(document), operation.name?.value, declaredVariables(operation, variables)];
      return JSON.stringify([...asked, principal.roles, sight, ...marks]);
    });
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
