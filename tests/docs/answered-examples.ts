import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WITH_COST } from '../support/cost';
import { textOf } from './pages';

/** An operation in a page, followed by its answer. */
export interface AnsweredExample {
  readonly query: string;
  readonly answer: string;
}

const ANSWERED = /^```graphql\n(?<query>[\s\S]*?)^```\n+```json\n(?<answer>[\s\S]*?)^```$/gm;

export const answeredExamples = (page: string): readonly AnsweredExample[] =>
  [...textOf(page).matchAll(ANSWERED)].map(({ groups }) => groups as unknown as AnsweredExample);

/** The examples, one after the other, are answered as they say by a server with a fresh demo ledger in the folder. */
export async function expectAnswers(
  address: string,
  folder: string,
  examples: readonly AnsweredExample[],
): Promise<void> {
  const file = readFileSync(path.join(folder, 'demo-tokens.json'), 'utf8');
  const tokens = JSON.parse(file) as Readonly<Record<string, { readonly token: string }>>;
  for (const { query, answer } of examples) {
    const person = /^# as (?<person>\w+)$/m.exec(query)?.groups?.person ?? 'auditor';
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[person]!.token}` },
      body: JSON.stringify({ query }),
    });
    expect({ query, answer: await response.json() }).toEqual({
      query,
      answer: { data: JSON.parse(answer), extensions: WITH_COST },
    });
  }
}
