import { getOperationAST, parse } from 'graphql';
import { schema } from '../src/app/features';
import { DEFAULT_LIMITS } from '../src/kernel/limits';
import { checkDocument } from '../src/graphql/execution/document-checks';
import { EVERY_KIND } from '../src/graphql/execution/operation-kinds';
import { checkVariables } from '../src/graphql/execution/variables';
import { Figure, median, Report } from './measure';

/**
 * The CPU time of a refused request beyond JSON.parse of its variables and beyond parsing its document. Listing the names of an
 * object with 90,000 fields takes V8 16 ms, which is half of the time of parsing it, so that case has no bound here.
 */

const ROUNDS = 15;
const MEBIBYTE = 1_048_576;

const APPROVE = 'mutation($x: ApproveBudgetInput!) { approveBudget(input: $x) { position } }';
const CHANGES = 'query($x: [ID!]) { changes(filter: { departments: $x }) { position } }';
const TASKS = 'query($x: [TaskStatus!]) { tasks(status: $x) { nodes { code } } }';
const LINE = '{"code":"a","name":"b","fundSource":"UNIT_FUNDS","amount":"1"}';

/** As many items as a request may contain. */
const filled = (item: string): string =>
  `[${Array<string>(Math.floor(MEBIBYTE / (item.length + 1)) - 100)
    .fill(item)
    .join(',')}]`;
const lines = (items: string): string => `{"x":{"department":"D","fiscalYear":2023,"lines":${items}}}`;
const unknown = (count: number): string => Array.from({ length: count }, (_, n) => `"u${n}":1`).join(',');

const ATTACKS: Readonly<Record<string, readonly [query: string, variables: string]>> = {
  'wrong items': [APPROVE, lines(filled('1'))],
  'empty objects': [APPROVE, lines(filled('{}'))],
  'too many lines': [APPROVE, lines(filled(LINE))],
  'wrong ids': [CHANGES, `{"x":${filled('0.5')}}`],
  'nested lists': [CHANGES, `{"x":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
  'long text for an enum': [TASKS, `{"x":"${'A'.repeat(MEBIBYTE - 100)}"}`],
  'unknown fields': [APPROVE, `{"x":{${unknown(20_000)}}}`],
  'undeclared variables': [CHANGES, `{"x":0.5,${unknown(90_000)}}`],
  'one field 800 times': [`{ ${'a: __typename '.repeat(800)} }`, '{}'],
  'nested selections': [`{ ${'departments { nodes { code name } } '.repeat(250)} }`, '{}'],
  'unknown names': [`{ ${Array.from({ length: 1_200 }, (_, n) => `depatments${n}`).join(' ')} }`, '{}'],
  'defaults of variables': [
    `query(${Array.from({ length: 250 }, (_, n) => `$v${n}: ID = 1.5`).join(' ')}) { ledger { demo } }`,
    '{}',
  ],
  'wrong literals': [`{ tasks(status: [${'PLANED '.repeat(2_400)}]) { nodes { code } } }`, '{}'],
};

export const attacks = (): Promise<Report> =>
  Promise.resolve(Object.entries(ATTACKS).map(([what, [query, variables]]) => figureOf(what, query, variables)));

function figureOf(what: string, query: string, variables: string): Figure {
  const times: number[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    // No cached verdict or value from the round before.
    const ofDocument = checkDocument(schema, DEFAULT_LIMITS);
    const ofVariables = checkVariables(schema, DEFAULT_LIMITS);
    const document = parse(query);
    const request = {
      kinds: EVERY_KIND,
      document,
      operation: getOperationAST(document) ?? undefined,
      variables: JSON.parse(variables) as Record<string, unknown>,
    };
    const before = process.cpuUsage();
    const wrong = ofDocument(request);
    const problems = wrong.length > 0 ? wrong : ofVariables(request);
    JSON.stringify(problems);
    const { user, system } = process.cpuUsage(before);
    if (problems.length === 0) throw new Error(`${what} is not refused`);
    if (round >= 0) times.push((user + system) / 1_000);
  }
  return { what, value: median(times), unit: 'ms of CPU', bound: { atMost: 10 } };
}
