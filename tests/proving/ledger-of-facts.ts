import { StoredEvent } from '../../src/event-store/envelope';
import { StreamNames } from '../../src/event-store/streams';
import { eventLeafHash } from '../../src/evidence/event-form';
import { OrderedEvent } from '../../src/evidence/files/evidence-file';
import { budgetEventTypes } from '../../src/features/budgets/events';
import { budgetProjection } from '../../src/features/budgets/projection';
import { budgetLineage } from '../../src/features/budgets/readings';
import { departmentEventTypes } from '../../src/features/departments/events';
import { departmentProjection } from '../../src/features/departments/projection';
import { departmentLineage } from '../../src/features/departments/readings';
import { taskEventTypes } from '../../src/features/tasks/events';
import { taskProjection } from '../../src/features/tasks/projection';
import { taskLineage } from '../../src/features/tasks/readings';
import { EntityName } from '../../src/kernel/codes';
import { JsonObject } from '../../src/kernel/json';
import { formatInstant } from '../../src/kernel/time';
import { LedgerTerms } from '../../src/proving/replayed-ledger';
import { aMetadata } from '../support/events';
import { day } from '../support/day';

/** Some features, without their part of the GraphQL entry point. */
export const TERMS: LedgerTerms = {
  categories: new Map([
    ['DEPARTMENT', 'department'],
    ['BUDGET', 'budget'],
    ['TASK', 'task'],
  ]),
  eventTypesOf: new Map<string, LedgerTerms['eventTypesOf'] extends ReadonlyMap<string, infer Types> ? Types : never>([
    ['DEPARTMENT', departmentEventTypes],
    ['BUDGET', budgetEventTypes],
    ['TASK', taskEventTypes],
  ]),
  projections: [departmentProjection, budgetProjection, taskProjection],
  lineages: new Map([
    ['DEPARTMENT', departmentLineage],
    ['BUDGET', budgetLineage],
    ['TASK', taskLineage],
  ]),
};

export const STREAMS = new StreamNames(TERMS.categories);

/** What the test says of an event: the rest follows from its place. */
export interface Fact {
  readonly of: EntityName;
  readonly type: string;
  readonly data: object;
  /** The day on which it is recorded, and from which on it is true. */
  readonly on: string;
}

/** The facts as a log: at the positions 10, 20, 30 … */
export function logOf(facts: readonly Fact[]): readonly OrderedEvent[] {
  const revisions = new Map<string, bigint>();
  return facts.map(({ of, type, data, on }, at) => {
    const stream = STREAMS.streamOf(of);
    const revision = revisions.get(stream) ?? 0n;
    revisions.set(stream, revision + 1n);
    const storedAt = day(on) + at;
    const event: StoredEvent = {
      stream,
      revision,
      id: idOf(at),
      type,
      data: data as JsonObject,
      metadata: aMetadata({ effectiveAt: formatInstant(day(on)), salt: Buffer.alloc(16, at).toString('base64') }),
      position: BigInt(10 * (at + 1)),
      storedAt,
    };
    return { event, order: { sequence: BigInt(at + 1), recordedAt: storedAt } };
  });
}

/** The id of the fact in this place. */
export const idOf = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

export const leafOf = ({ event, order }: OrderedEvent): Buffer => eventLeafHash(event, order);

const department = (code: string): EntityName => ({ entityType: 'DEPARTMENT', code });
const budget = (code: string): EntityName => ({ entityType: 'BUDGET', code });
const task = (code: string): EntityName => ({ entityType: 'TASK', code });

const line = (code: string, amount: string) => ({
  code,
  name: `项目 ${code}`,
  fundSource: 'GENERAL_PUBLIC_BUDGET',
  vintage: 'CURRENT_YEAR',
  expenditureKind: 'PROJECT_SPECIFIC',
  amount,
});

const approved = (code: string, fiscalYear: number, amount: string) => ({
  department: code,
  fiscalYear,
  goals: [],
  lines: [line('L1', amount)],
});

const spent = (amount: string) => ({ line: 'L1', amount });

/** Two departments. D1 has budgets of two years and a task; its budget of 2023 is spent, and one expenditure is corrected later. */
export const FACTS: readonly Fact[] = [
  {
    of: department('D1'),
    type: 'DepartmentRegistered',
    data: { code: 'D1', name: '大数据局', functions: [] },
    on: '2022-01-01',
  },
  {
    of: department('D2'),
    type: 'DepartmentRegistered',
    data: { code: 'D2', name: '财政局', functions: [] },
    on: '2022-01-02',
  },
  { of: budget('D1.2022'), type: 'BudgetApproved', data: approved('D1', 2022, '50.00'), on: '2022-01-05' },
  { of: budget('D1.2023'), type: 'BudgetApproved', data: approved('D1', 2023, '100.00'), on: '2023-01-05' },
  { of: budget('D2.2023'), type: 'BudgetApproved', data: approved('D2', 2023, '900.00'), on: '2023-01-06' },
  { of: budget('D1.2023'), type: 'ExpenditureRecorded', data: spent('30.00'), on: '2023-03-01' },
  {
    of: task('T1'),
    type: 'TaskPlanned',
    data: { code: 'T1', department: 'D1', fiscalYear: 2023, title: '上线', milestones: [] },
    on: '2023-03-02',
  },
  { of: budget('D2.2023'), type: 'ExpenditureRecorded', data: spent('1.00'), on: '2023-04-01' },
  { of: budget('D1.2023'), type: 'ExpenditureRecorded', data: spent('10.00'), on: '2023-06-01' },
  { of: budget('D2.2023'), type: 'ExpenditureRecorded', data: spent('2.00'), on: '2023-07-15' },
  {
    of: budget('D1.2023'),
    type: 'BudgetFactCorrected',
    data: { corrects: idOf(5), amount: '25.00' },
    on: '2023-08-01',
  },
  { of: department('D1'), type: 'DepartmentRenamed', data: { name: '数据局' }, on: '2023-09-01' },
];
