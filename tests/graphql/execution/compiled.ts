import { DocumentNode, execute, parse, validate } from 'graphql';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { schema } from '../../../src/app/features';
import { FeedItem } from '../../../src/change-feed/feed';
import { CompiledExecution } from '../../../src/graphql/execution/compiled-execution';
import { CompiledForm } from '../../../src/graphql/execution/compiled/compiled-form';
import { LocalLedger } from '../../support/local-ledger';
import { comparable } from '../same-errors';

/** A request for one operation, or for the payload of one item of a subscription. */
export interface Question {
  readonly document: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly rootValue?: FeedItem;
}

/** A combination of conditions is compiled at the third request for it. */
const ASKED = 4;
const compiled = new CompiledExecution(schema);

/** Expects the exact text of graphql-js each time. Returns how often a compiled form answered without an error. */
export async function expectSameCompiled(ledger: LocalLedger, question: Question, times = ASKED): Promise<number> {
  const { document, variables = {}, operationName, rootValue } = question;
  const request = () => ({ ...ledger.request(document, variables), operationName, rootValue });
  const reference = await execute({ schema, ...request() });
  const asked = { query: document.loc?.source.body, variables, operationName };
  const prepared = jest.spyOn(CompiledForm.prototype, 'variablesFrom');
  try {
    for (let time = 0; time < times; time++) {
      // One turn of the event loop compiles only a limited amount.
      await nextTurn();
      const texts = comparable(await compiled.execute(request()), reference);
      expect({ ...asked, answer: texts.answer }).toEqual({ ...asked, answer: texts.reference });
    }
    const answered = prepared.mock.results.filter(({ value }) => value !== undefined).length;
    return reference.errors === undefined ? answered : 0;
  } finally {
    prepared.mockRestore();
  }
}

/** Throws if it is not valid. */
export function documentOf(query: string): DocumentNode {
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error !== undefined) throw new Error(`${error.message}\n${query}`);
  return document;
}
