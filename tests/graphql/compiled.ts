import { ExecutionResult } from 'graphql';
import { LocalLedger } from '../support/ledger';

/** Asks compiled, and of graphql-js, and has the two say the same. */
export async function expectSameCompiled(
  ledger: LocalLedger,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<void> {
  const reference = plain(await ledger.ask(query, variables));
  const compiled = plain(await ledger.askCompiled(query, variables));
  const question = { query, variables };
  expect({ question, data: compiled.data }).toEqual({ question, data: reference.data });
  // Of several errors that make one place null, graphql-js may tell of one alone.
  expect({ question, errors: compiled.errors }).toEqual({ question, errors: expect.arrayContaining(reference.errors) });
  expect({ question, fails: compiled.errors.length > 0 }).toEqual({ question, fails: reference.errors.length > 0 });
}

const plain = ({ data, errors = [] }: ExecutionResult): { readonly data: unknown; readonly errors: unknown[] } =>
  JSON.parse(
    JSON.stringify({ data, errors: errors.map(({ message, path, extensions }) => ({ message, path, extensions })) }),
  );
