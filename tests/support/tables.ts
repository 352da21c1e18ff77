import { TestApi } from './api';

/** The exported tables, and the same rows from GraphQL. */

export const TABLES = ['budgets', 'departments', 'entries', 'evaluations', 'indicators', 'lines', 'tasks'] as const;
export type TableName = (typeof TABLES)[number];

/** Limits under which all rows fit into one answer of GraphQL. */
export const LARGE_QUESTIONS = { maxComplexity: 10_000_000 };

export interface Exported {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

export async function exported(api: TestApi, address: string, roles = ['auditor']): Promise<Exported> {
  const authorization = `Bearer ${await api.token({ roles })}`;
  const response = await fetch(`${api.url}${address}`, { headers: { authorization } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The rows of an NDJSON export, without its last line. */
export async function exportedRows(api: TestApi, address: string): Promise<any[]> {
  const { status, headers, bytes } = await exported(api, address);
  const lines = bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([status, lines.pop()]).toEqual([200, { kind: 'END', position: headers.get('x-position') }]);
  return lines;
}

const RECORDED = 'revision lastChange { position }';
const BUDGETS = `budgets(first: 200) { nodes {
  department { code } fiscalYear closed opening adjustment revised executed remaining executionRate carriedOut goals ${RECORDED}
  lines {
    code name fundSource vintage expenditureKind functionCode economicCode projectCode
    opening adjustment revised executed remaining executionRate carriedOut
  }
  entries(first: 200) { nodes {
    kind line toLine amount amountFirstRecorded remainingAmount effectiveAt effectiveAtFirstRecorded state overrun payee payer memo documentNo
    change { eventId position reverses { eventId } } corrections { position } reversals { position }
    counterpart { eventId }
  } }
} }`;
const DEPARTMENTS = `departments(first: 200) { nodes { code name level functions ${RECORDED} } }`;
const EVALUATIONS = `evaluations(first: 200) { nodes {
  department { code } fiscalYear status round revises selfScore reviewScore grade conclusion problems improvements
  template { code version } published { round selfScore reviewScore grade } ${RECORDED}
} }`;
const INDICATORS = `indicators(first: 200) { nodes {
  code department { code } fiscalYear name level1 level2 direction unit baseline target targetUpper points task { code } retired
  completionRate reached latest { observedOn value text qualifier source corrected change { eventId } } ${RECORDED}
} }`;
const TASKS = `tasks(first: 200) { nodes {
  code department { code } fiscalYear title goal parent { code } weight status progress startOn dueOn completedOn overdue
  milestones { code title dueOn reachedOn } ${RECORDED}
} }`;

/** The rows of all tables at a snapshot, as GraphQL answers them. */
export async function rowsOfGraphQL(api: TestApi, at: object): Promise<Readonly<Record<TableName, readonly object[]>>> {
  const { asOf } = await api.data(
    `query($at: AsOfInput!) { asOf(at: $at) { ${[BUDGETS, DEPARTMENTS, EVALUATIONS, INDICATORS, TASKS].join(' ')} } }`,
    { at },
  );
  const budgets: any[] = asOf.budgets.nodes;
  return {
    budgets: budgets.map((budget) => ({
      ...recorded(budget),
      code: codeOf(budget),
      entries: undefined,
      lines: undefined,
    })),
    departments: asOf.departments.nodes.map(({ lastChange, ...department }: any) => ({
      ...department,
      position: lastChange.position,
    })),
    entries: budgets.flatMap((budget) => budget.entries.nodes.map((entry: any) => entryOf(budget, entry))),
    evaluations: asOf.evaluations.nodes.map(({ template, published, ...evaluation }: any) => ({
      ...recorded(evaluation),
      code: codeOf(evaluation),
      template: template?.code ?? null,
      templateVersion: template?.version ?? null,
      publishedRound: published?.round ?? null,
      publishedSelfScore: published?.selfScore ?? null,
      publishedReviewScore: published?.reviewScore ?? null,
      publishedGrade: published?.grade ?? null,
    })),
    lines: budgets.flatMap((budget) =>
      budget.lines.map((line: any) => ({
        ...line,
        budget: codeOf(budget),
        department: budget.department.code,
        fiscalYear: budget.fiscalYear,
      })),
    ),
    indicators: asOf.indicators.nodes.map(({ latest, task, ...indicator }: any) => ({
      ...recorded(indicator),
      task: task?.code ?? null,
      latestObservedOn: latest?.observedOn ?? null,
      latestValue: latest?.value ?? null,
      latestText: latest?.text ?? null,
      latestQualifier: latest?.qualifier ?? null,
      latestSource: latest?.source ?? null,
      latestCorrected: latest?.corrected ?? null,
      latestChange: latest?.change.eventId ?? null,
    })),
    tasks: asOf.tasks.nodes.map(({ parent, ...task }: any) => ({ ...recorded(task), parent: parent?.code ?? null })),
  };
}

const codeOf = ({ department, fiscalYear }: any): string => `${department.code}.${fiscalYear}`;

const recorded = ({ department, lastChange, ...entity }: any) => ({
  ...entity,
  department: department.code,
  position: lastChange.position,
});

const positions = (changes: any[]): string[] => changes.map(({ position }) => position);

const entryOf = (budget: any, { change, corrections, reversals, counterpart, ...entry }: any) => ({
  ...entry,
  budget: codeOf(budget),
  department: budget.department.code,
  fiscalYear: budget.fiscalYear,
  change: change.eventId,
  position: change.position,
  reverses: change.reverses?.eventId ?? null,
  // Of a carry-out it is the change itself, also while its counterpart is not on record.
  carryOut: entry.kind === 'CARRY_OUT' ? change.eventId : (counterpart?.eventId ?? null),
  corrections: positions(corrections),
  reversals: positions(reversals),
});
