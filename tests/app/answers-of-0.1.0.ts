import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WITH_COST } from '../support/cost';
import { NodeClient } from '../support/node-process';

/** What version 0.1.0 wrote and answered, and what a later version makes of it. */

const FIXTURE = path.join(__dirname, '../fixtures/0.1.0');
const fixture = (file: string): string => readFileSync(path.join(FIXTURE, file), 'utf8');

export const LEDGER_FILE = path.join(FIXTURE, 'ledger.db');
export const QUESTION = fixture('query.graphql');
/** With the positions of the embedded store. */
export const ANSWER = JSON.parse(fixture('answer.json'));
const CODE = '441300-DSJ';
export const NEW_NAME = '市数据局';

/** Records one change more. Gives its position. */
export async function rename(node: NodeClient): Promise<string> {
  const { data, errors } = await node.ask(
    `mutation { renameDepartment(input: { code: "${CODE}", name: "${NEW_NAME}" }) { position } }`,
  );
  expect(errors).toBeUndefined();
  return data.renameDepartment.position as string;
}

/** The node answers what version 0.1.0 answered, and goes on from there. Gives the position of what it has recorded. */
export async function expectToGoOn(node: NodeClient, answer: typeof ANSWER): Promise<string> {
  expect(await node.ask(QUESTION)).toEqual({ status: 200, data: answer, extensions: WITH_COST });
  const head = await rename(node);
  const { data } = await node.ask(QUESTION);
  const renamed = ({ code, revision, ...rest }: { readonly code: string; readonly revision: number }) =>
    code === CODE ? { ...rest, code, name: NEW_NAME, revision: revision + 1 } : { ...rest, code, revision };
  const { nodes } = data.changes;
  expect(nodes.at(-1)).toMatchObject({ position: head, type: 'DepartmentRenamed', entity: CODE });
  expect({ ...data, changes: { nodes: nodes.slice(0, -1) } }).toEqual({
    ...answer,
    ledger: { head },
    department: renamed(answer.department),
    departments: { nodes: answer.departments.nodes.map(renamed) },
  });
  // What was on record then is as it was.
  const then = `{ asOf(at: { position: "${answer.ledger.head}" }) { department(code: "${CODE}") { code name level functions fiscalYears revision } } }`;
  expect((await node.ask(then)).data.asOf.department).toEqual(answer.department);
  return head;
}
