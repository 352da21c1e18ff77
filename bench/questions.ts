import { ask, Request, Target } from './http-load';

/** The queries over HTTP, for the ledger that http-server.ts seeds. */

export const TASKS = 50;
export const INDICATORS = 50;
/** The number of expenditures of the one budget on the server with a long history. */
export const LONG_HISTORY = 10_000;

const TASK_FIELDS = '{ code title status progress fiscalYear dueOn revision }';
const TASK = `task(code: "T0") ${TASK_FIELDS}`;
const PAGE =
  'indicators(department: "D", first: 50) { nodes { id code name level1 level2 direction unit target completionRate latest { value } } }';

/** The seed interleaves all tasks and indicators: each of them has its changes between these positions. */
const POSITIONS = { first: 1_000, last: 15_000 } as const;
const POSITION = '8000';

export const HELLO: readonly Request[] = [{ query: '{ hello }' }];
export const NOW: readonly Request[] = [{ query: `{ ${TASK} }` }];
export const AS_OF: readonly Request[] = [{ query: `{ asOf(at: { position: "${POSITION}" }) { ${TASK} } }` }];
export const PAGE_AS_OF: readonly Request[] = [{ query: `{ asOf(at: { position: "${POSITION}" }) { ${PAGE} } }` }];

/** One entity after the other, each time as of a different position. */
export const AS_OF_ANYWHERE: readonly Request[] = anywhere((index, at) => ({
  query: `query($code: ID!, $at: Position!) { asOf(at: { position: $at }) { task(code: $code) ${TASK_FIELDS} } }`,
  variables: { code: `T${index % TASKS}`, at },
}));
export const PAGE_AS_OF_ANYWHERE: readonly Request[] = anywhere((_, at) => ({
  query: `query($at: Position!) { asOf(at: { position: $at }) { ${PAGE} } }`,
  variables: { at },
}));

const BUDGET = 'budget(department: "D", fiscalYear: 2023)';
const series = (clock: string): string =>
  `{ ${BUDGET} { series(from: "2023-01-01", to: "2023-12-31", step: MONTH, clock: ${clock}) { at revised executed } } }`;

/** About the long history, now, and as of the middle of each month of its year. */
const AMOUNTS = `{ ${BUDGET} { revised executed executionRate } }`;
export const PLAIN_LONG: readonly Request[] = [{ query: `{ asOf(at: {}) ${AMOUNTS} }` }];
export const EFFECTIVE_LONG: readonly Request[] = Array.from({ length: 12 }, (_, month) => ({
  query: `query($day: Moment!) { asOf(at: { effectiveAt: $day }) ${AMOUNTS} }`,
  variables: { day: `2023-${String(month + 1).padStart(2, '0')}-15` },
}));

/** About the long history, from the middle of it. Positions of the embedded log have no gaps. */
const MIDDLE = `{ position: "${LONG_HISTORY / 2}" }`;
export const READ_LONG: readonly Request[] = [
  { query: `{ asOf(at: ${MIDDLE}) { ${BUDGET} { revised executed remaining } } }` },
];
export const DIFF_LONG: readonly Request[] = [
  {
    query: `{ diff(from: ${MIDDLE}, filter: { entities: ["D.2023"] }, first: 50) {
      nodes { entityType entity fields { path before after } } } }`,
  },
];
export const SERIES_LONG: readonly Request[] = [{ query: series('EFFECTIVE') }];
export const KNOWN_SERIES_LONG: readonly Request[] = [{ query: series('KNOWN') }];

function anywhere(request: (index: number, at: string) => Request): readonly Request[] {
  const count = 2_000;
  const { first, last } = POSITIONS;
  return Array.from({ length: count }, (_, index) =>
    request(index, String(first + Math.floor((index / count) * (last - first)))),
  );
}

/** Fails if the answers are not the expected ones. */
export async function requireWholeAnswers(target: Target): Promise<void> {
  for (const request of [PAGE_AS_OF[0]!, PAGE_AS_OF_ANYWHERE[0]!]) {
    const { nodes } = (await ask(target, request)).asOf.indicators;
    if (nodes.length !== INDICATORS) throw new Error(`a page has ${nodes.length} indicators, not ${INDICATORS}`);
  }
  for (const request of AS_OF_ANYWHERE.slice(0, TASKS)) {
    if ((await ask(target, request)).asOf.task === null) throw new Error('a task that is asked for is not there');
  }
}
