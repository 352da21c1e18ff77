import { createHash } from 'node:crypto';
import { DocumentNode, getOperationAST, GraphQLSchema, print, printSchema } from 'graphql';
import { mayRead } from '../../auth/policy';
import { Outage } from '../../kernel/outage';
import { RequestContext } from '../context';
import { Execution } from '../execution/compiled-execution';
import { declaredVariables } from '../execution/declared-variables';
import { LastingQuestion, LastingQuestions } from './lasting-questions';

export interface LastingRequest extends Execution {
  readonly contextValue: RequestContext;
}

/**
 * Makes the tags of answers that stay the same. A tag is a hash of all that such an answer depends on: the software and its
 * configuration, the schema, the log up to the position, the version of the read models, what the caller may see, the media type,
 * and the question.
 */
export class AnswerTags {
  private readonly questions: LastingQuestions;
  private readonly documents = new WeakMap<DocumentNode, string>();

  constructor(private readonly schema: GraphQLSchema) {
    this.questions = new LastingQuestions(schema);
  }

  /** undefined if the answer may change, or if there is none now. The guards must have passed the request. */
  async tagOf(request: LastingRequest, mediaType: string): Promise<string | undefined> {
    const { document, operationName, contextValue } = request;
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const variables = request.variableValues ?? {};
    const questions = this.questions.of(document, operation, variables);
    const { principal, sight, services } = contextValue;
    if (questions.length === 0 || !mayRead(principal).ok) return undefined;
    const marks = await marksOf(contextValue, questions);
    if (marks === undefined) return undefined;
    const depends = [services.edition, digestOfSchema(this.schema), marks, principal.roles, sight, mediaType];
    const asked = [this.digestOf(document), operation.name?.value, declaredVariables(operation, variables)];
    return digest(JSON.stringify([...depends, ...asked])).slice(0, TAG_LENGTH);
  }

  private digestOf(document: DocumentNode): string {
    let known = this.documents.get(document);
    if (known === undefined)
      this.documents.set(document, (known = digest(document.loc?.source.body ?? print(document))));
    return known;
  }
}

/** 192 bits. Older versions of nginx keep no tag of more than 42 characters, with its quotation marks and the name of a coding. */
const TAG_LENGTH = 32;

/** What the log is up to each position. undefined if it has not come so far, or cannot be asked: execution says why. */
async function marksOf(
  { services }: RequestContext,
  questions: readonly LastingQuestion[],
): Promise<readonly string[] | undefined> {
  const { reader, logMarks } = services;
  const texts: string[] = [];
  try {
    for (const { position, looksBeyond } of questions) {
      const snapshot = await reader.resolve({ position });
      if (!snapshot.ok) return undefined;
      const marking = logMarks.at(position);
      const { text, events } = await (services.patience?.bound(marking) ?? marking);
      if (looksBeyond(events)) return undefined;
      texts.push(text);
    }
    return texts;
  } catch (error) {
    if (error instanceof Outage) return undefined;
    throw error;
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

const digests = new WeakMap<GraphQLSchema, string>();

/** Printing the schema takes some milliseconds, so it is done for the first tag. */
function digestOfSchema(schema: GraphQLSchema): string {
  let known = digests.get(schema);
  if (known === undefined) digests.set(schema, (known = digest(printSchema(schema))));
  return known;
}
