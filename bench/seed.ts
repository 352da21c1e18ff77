import { streamNames } from '../src/app/features';
import { randomUUID } from 'node:crypto';
import NATIONAL_TEMPLATE from '../templates/national-project.json';
import { EventMetadata, NewEvent } from '../src/event-store/envelope';
import { EventStore } from '../src/event-store/event-store';
import { EntityName } from '../src/kernel/codes';
import { JsonObject } from '../src/kernel/json';
import { formatInstant, readInstant } from '../src/kernel/time';

/** Histories of a given length, appended like the events of commands. */

const STREAMS = streamNames();
const YEAR = 2023;
const START = readInstant('2023-01-01T00:00:00+08:00');
const LENGTH_MS = 364 * 24 * 3600 * 1000;
const CHUNK = 500;

export const BUDGET_OF = (department: string) => `${department}.${YEAR}`;

interface Fact {
  readonly type: string;
  readonly data: JsonObject;
  readonly effectiveAt?: number;
}

export async function department(log: EventStore, code: string): Promise<void> {
  await append(log, { entityType: 'DEPARTMENT', code }, [
    {
      type: 'DepartmentRegistered',
      data: { code, name: `部门 ${code}`, level: '正处级', functions: ['统筹数字政府建设'] },
    },
  ]);
}

/** Where the money of the lines of a budget is from, in turn. */
export const SOURCES = ['GENERAL_PUBLIC_BUDGET', 'GOVERNMENT_FUND'] as const;

/** A budget with this many expenditures, spread over its lines and the year; one in ten is out of order. */
export async function budget(
  log: EventStore,
  code: string,
  expenditures: number,
  lineCount = 1,
  chunk = CHUNK,
): Promise<void> {
  const lines = Array.from({ length: lineCount }, (_, index) => ({
    code: `L${index + 1}`,
    name: '政务云',
    fundSource: SOURCES[index % SOURCES.length],
    vintage: 'CURRENT_YEAR',
    expenditureKind: 'PROJECT_SPECIFIC',
    amount: '900000000.00',
  }));
  const approved = { type: 'BudgetApproved', data: { department: code, fiscalYear: YEAR, goals: ['一网通办'], lines } };
  const spent = Array.from({ length: expenditures }, (_, index): Fact => ({
    type: 'ExpenditureRecorded',
    data: {
      line: `L${1 + (index % lineCount)}`,
      amount: `${100 + (index % 900)}.${String(index % 100).padStart(2, '0')}`,
      payee: '某某公司',
      memo: '服务费',
    },
    effectiveAt: along(index % 10 === 9 ? index / 2 : index, expenditures),
  }));
  const facts = [{ ...approved, effectiveAt: START }, ...spent];
  await append(log, { entityType: 'BUDGET', code: BUDGET_OF(code) }, facts, chunk);
}

/** Supplements of the first line of a budget that has `revision` facts, a day after the other. */
export async function supplements(log: EventStore, code: string, count: number, revision: number): Promise<void> {
  const facts = Array.from({ length: count }, (_, index): Fact => ({
    type: 'BudgetSupplemented',
    data: { line: 'L1', amount: `${index + 1}.01` },
    effectiveAt: along(index, count),
  }));
  await log.append(STREAMS.streamOf({ entityType: 'BUDGET', code: BUDGET_OF(code) }), facts.map(newEvent), BigInt(revision - 1)); // prettier-ignore
}

export async function task(
  log: EventStore,
  departmentCode: string,
  code: string,
  reports: number,
  chunk = CHUNK,
): Promise<void> {
  const planned = { code, department: departmentCode, fiscalYear: YEAR, title: `任务 ${code}`, milestones: [] };
  const reported = Array.from({ length: reports }, (_, index): Fact => ({
    type: 'TaskProgressReported',
    data: { progress: ((index / reports) * 100).toFixed(2) },
    effectiveAt: along(index, reports),
  }));
  await append(log, { entityType: 'TASK', code }, [{ type: 'TaskPlanned', data: planned }, ...reported], chunk);
}

export async function indicator(
  log: EventStore,
  departmentCode: string,
  code: string,
  observations: number,
  chunk = CHUNK,
): Promise<void> {
  const defined = {
    code,
    department: departmentCode,
    fiscalYear: YEAR,
    name: `热线接通率 ${code}`,
    level1: 'OUTPUT',
    level2: 'QUALITY',
    direction: 'AT_LEAST',
    unit: '%',
    target: '98',
    points: '2.00',
  };
  const observed = Array.from({ length: observations }, (_, index): Fact => {
    const at = along(index, observations);
    const observedOn = formatInstant(at + 8 * 3600 * 1000).slice(0, 10);
    const data = { observedOn, value: (90 + (index % 100) / 10).toFixed(1), qualifier: 'GT', source: '12345 平台' };
    return { type: 'ObservationRecorded', data, effectiveAt: readInstant(`${observedOn}T00:00:00+08:00`) };
  });
  await append(
    log,
    { entityType: 'INDICATOR', code },
    [{ type: 'IndicatorDefined', data: defined }, ...observed],
    chunk,
  );
}

const LEVELS = [
  { level1: 'OUTPUT', level2: 'QUANTITY' },
  { level1: 'BENEFIT', level2: 'SOCIAL' },
  { level1: 'SATISFACTION', level2: 'SATISFACTION' },
] as const;

/** An indicator that a template can score: its class by its number, with a target and a value. */
export async function scoredIndicator(log: EventStore, departmentCode: string, number: number): Promise<void> {
  const code = `${departmentCode}-K${number}`;
  const defined = {
    ...LEVELS[number % LEVELS.length],
    code,
    department: departmentCode,
    fiscalYear: YEAR,
    name: `指标 ${number}`,
    direction: 'AT_LEAST',
    target: '98',
    points: '2.00',
  };
  await append(log, { entityType: 'INDICATOR', code }, [
    { type: 'IndicatorDefined', data: defined },
    { type: 'ObservationRecorded', data: { observedOn: '2023-01-01', value: `${90 + number}`, qualifier: 'EQ' } },
  ]);
}

/** The template of the national form. */
export async function template(log: EventStore, code: string, departmentCode: string): Promise<void> {
  const { lines } = NATIONAL_TEMPLATE;
  const data = { code, department: departmentCode, name: '项目支出绩效自评', unofficial: false, lines };
  await append(log, { entityType: 'SCORING_TEMPLATE', code }, [{ type: 'ScoringTemplatePublished', data }]);
}

/** An evaluation that is open, by the first version of a template. */
export async function evaluation(log: EventStore, departmentCode: string, templateCode: string): Promise<void> {
  const data = { department: departmentCode, fiscalYear: YEAR, template: { code: templateCode, version: 1 } };
  await append(log, { entityType: 'EVALUATION', code: BUDGET_OF(departmentCode) }, [
    { type: 'EvaluationOpened', data },
  ]);
}

/** One more progress report of a task. */
export const report = (): NewEvent =>
  newEvent({ type: 'TaskProgressReported', data: { progress: '50.00' }, effectiveAt: START });

const along = (index: number, count: number): number => START + Math.floor((index / Math.max(1, count)) * LENGTH_MS);

/** One append for each chunk of the facts. */
async function append(log: EventStore, entity: EntityName, facts: readonly Fact[], chunk = CHUNK): Promise<void> {
  const stream = STREAMS.streamOf(entity);
  for (let start = 0; start < facts.length; start += chunk) {
    const events = facts.slice(start, start + chunk).map(newEvent);
    await log.append(stream, events, start === 0 ? 'no-stream' : BigInt(start - 1));
  }
}

function newEvent({ type, data, effectiveAt = START }: Fact): NewEvent {
  const metadata: EventMetadata = {
    schemaVersion: 1,
    effectiveAt: formatInstant(effectiveAt),
    actor: { sub: 'bench', name: '张编辑' },
    reason: '月度填报',
    $correlationId: randomUUID(),
  };
  return { id: randomUUID(), type, data, metadata };
}
