import { createHash } from 'node:crypto';
import { Action } from '../actions/action';
import { ActingServices, Caller, perform } from '../actions/perform';
import { ActionRehearsal } from '../actions/rehearse';
import { CellAnswers, CellPlace } from '../forms/reading/answers';
import { cellName, Workbook } from '../forms/workbook';
import { Body } from '../http/body';
import { LogMismatch, Outage } from '../kernel/outage';
import { ok, refused, Refusal, Result, unwrap } from '../kernel/refusal';
import { longWork, Worker } from '../kernel/turns';
import { ReadingRequest } from '../reading/request';
import { ReadingServices } from '../reading/services';
import { FileRead } from './file/read-file';
import { RefusedFile } from './file/refused-file';
import { ImportedFact, ImportReport, ImportStatus } from './import-report';
import { ImportPlan, planImport } from './plan-import';
import { Source } from './plan/source';
import { Step } from './plan/step';
import { factsIn, FileFacts, FileTerms } from './read-source';
import { refusalWords, RuleMeanings } from './refusal-words';

export type ImportServices = ReadingServices & ActingServices;

/** What an import needs of its entry point. */
export interface ImportDesk {
  /** The ledger as the caller sees it now. Each part of an import has a patience of its own. */
  readonly open: () => ReadingRequest<ImportServices>;
  readonly caller: Caller;
  readonly actions: ReadonlyMap<string, Action>;
  readonly rules: RuleMeanings;
  readonly readFile: (file: Body, work: Worker) => Promise<FileRead>;
}

export interface ImportOrder extends FileTerms {
  readonly file: Body;
  readonly name: string;
  /** Shows what would be recorded, and records nothing. */
  readonly dryRun: boolean;
}

/** Refuses a caller whose file would be refused whatever it has. */
export function requireImporting(reading: ReadingRequest<ImportServices>): void {
  reading.requireReading();
  if (reading.masking === undefined) return;
  const message = 'An import compares the file with what persons sent. The roles of the token do not see that.';
  unwrap(refused({ kind: 'FORBIDDEN', message }));
}

/**
 * Imports a file. First all of it is read, compared with the ledger and rehearsed; if anything is wrong, nothing is recorded. Then each fact
 * is recorded by the one way to write. The same file, sent again, records what is missing, and nothing twice.
 */
export async function importFile(desk: ImportDesk, order: ImportOrder): Promise<ImportReport> {
  const { work } = desk.open();
  const source = { name: order.name, sha256: await sha256Of(order.file, work) };
  let workbook: Workbook;
  try {
    ({ workbook } = await desk.readFile(order.file, work));
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    return { status: 'REFUSED', file: source, problem: error.message, facts: [], cells: [] };
  }
  const answers = new CellAnswers();
  const facts = await longWork.run(factsIn(workbook, order, answers), work);
  if ('problem' in facts) {
    return { status: 'REFUSED', file: source, problem: facts.problem, facts: [], cells: cellsOf(workbook, answers) };
  }
  const done = await recordFacts(desk, facts, { source, answers, dryRun: order.dryRun });
  return {
    ...done,
    file: source,
    form: facts.kind === 'form' ? facts.reading.form : 'payments',
    department: facts.department,
    fiscalYear: facts.fiscalYear,
    cells: cellsOf(workbook, answers),
  };
}

/** In this thread: a copy of megabytes for another one takes longer. */
async function sha256Of(file: Body, work: Worker): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of longWork.each(file, work)) hash.update(piece);
  return hash.digest('hex');
}

const cellsOf = ({ sheets }: Workbook, answers: CellAnswers) =>
  sheets.flatMap(({ name, cells }) => cells.flatMap((cell) => answers.of({ sheet: name, cell }) ?? []));

interface Terms {
  readonly source: Source;
  readonly answers: CellAnswers;
  readonly dryRun: boolean;
}

interface Done {
  readonly status: ImportStatus;
  readonly facts: readonly ImportedFact[];
}

/** Others may write at the same time. After a conflict, what is missing is planned again. */
const ROUNDS = 5;

async function recordFacts(desk: ImportDesk, facts: FileFacts, { source, answers, dryRun }: Terms): Promise<Done> {
  const recorded: ImportedFact[] = [];
  for (let round = 1; ; round++) {
    const reading = desk.open();
    requireComparing(reading, facts.department);
    const plan = await planImport(await reading.present(), facts, source, answers);
    const rehearsed = await rehearse(desk, plan.steps, answers);
    if (answers.hasRefusals) {
      return { status: recorded.length === 0 ? 'REFUSED' : 'INCOMPLETE', facts: [...recorded, ...rehearsed] };
    }
    if (dryRun) return { status: 'DRY_RUN', facts: rehearsed };
    const steps = rehearsed.some(({ result }) => result === 'WOULD_PROPOSE') ? plan.steps : withRevisions(plan);
    const done = await record(desk, steps);
    if (!done.conflict || round === ROUNDS) return { status: done.status, facts: [...recorded, ...done.facts] };
    recorded.push(...done.facts.filter(({ result }) => result === 'RECORDED' || result === 'PROPOSED'));
  }
}

/** What is on record and not seen would be recorded again. */
function requireComparing({ principal }: ReadingRequest<ImportServices>, department: string): void {
  if (principal.readDepartments.covers(department)) return;
  const message = `An import compares the file with department ${department}, which the token does not allow reading.`;
  unwrap(refused({ kind: 'FORBIDDEN', message }));
}

const ON_BUDGET: ReadonlySet<string> = new Set([
  'approveBudget',
  'supplementBudget',
  'reduceBudget',
  'recordExpenditure',
  'recordExpenditures',
  'recordRefund',
  'correctBudgetFact',
]);

/**
 * The steps with the revision that each must find: two imports at the same time do not both record what was missing. A proposal is confirmed
 * later, and finds another one.
 */
function withRevisions({ steps, budgetRevision }: ImportPlan): readonly Step[] {
  let expectedRevision = budgetRevision;
  return steps.map((step) => {
    if (!ON_BUDGET.has(step.action)) return step;
    const expected = { ...step, input: { ...step.input, expectedRevision } };
    expectedRevision += step.action === 'recordExpenditures' ? step.places.length : 1;
    return expected;
  });
}

/** Judges the steps one after the other, up to the first that is refused. */
async function rehearse(desk: ImportDesk, steps: readonly Step[], answers: CellAnswers): Promise<ImportedFact[]> {
  const { services } = desk.open();
  const rehearsal = new ActionRehearsal(services);
  const facts: ImportedFact[] = [];
  for await (const step of longWork.each(steps, services.work)) {
    const judged = await rehearsal.perform(actionOf(desk, step), step.input, desk.caller);
    if (!judged.ok) {
      facts.push(refuse(desk, step, judged.refusal, answers));
      continue;
    }
    const needsProposal = 'needsSecondPerson' in judged.value && judged.value.needsSecondPerson;
    answerFor(step, answers);
    facts.push({ ...shown(step), result: needsProposal ? 'WOULD_PROPOSE' : 'WOULD_RECORD' });
  }
  return facts;
}

/** Stops at the first step that is refused or not answered: the file, sent again, records the rest. */
async function record(desk: ImportDesk, steps: readonly Step[]): Promise<Done & { readonly conflict: boolean }> {
  const facts: ImportedFact[] = [];
  let conflict = false;
  let status: ImportStatus = 'RECORDED';
  for (const step of steps) {
    await longWork.turn();
    if (status === 'INCOMPLETE') {
      facts.push({ ...shown(step), result: 'NOT_TRIED' });
      continue;
    }
    const performed = await performStep(desk, step);
    if (!performed.ok) {
      // What waits for a second person may be why later facts are refused.
      if (status === 'RECORDED') status = 'INCOMPLETE';
      conflict ||= performed.refusal.kind === 'CONFLICT';
      facts.push(refusedFact(desk, step, performed.refusal));
      continue;
    }
    if (performed.value.needsProposal) status = 'WAITING';
    facts.push({ ...shown(step), result: performed.value.needsProposal ? 'PROPOSED' : 'RECORDED' });
  }
  return { status, facts, conflict };
}

async function performStep(desk: ImportDesk, step: Step): Promise<Result<{ readonly needsProposal: boolean }>> {
  try {
    const performed = await perform(desk.open().services, actionOf(desk, step), step.input, desk.caller);
    return performed.ok ? ok({ needsProposal: performed.value.needsProposal === true }) : performed;
  } catch (error) {
    if (!(error instanceof Outage) || error instanceof LogMismatch) throw error;
    // It may or may not be on record. The next import compares with the record.
    return refused({ kind: 'CONFLICT', message: error.message });
  }
}

function actionOf({ actions }: ImportDesk, { action: name }: Step): Action {
  const action = actions.get(name);
  if (action === undefined) throw new Error(`There is no action ${name}`);
  return action;
}

/** A step of one cell is what the cell becomes. */
function answerFor({ places, says }: Step, answers: CellAnswers): void {
  const [place, ...others] = places;
  if (others.length === 0) answers.becomes(place, says, place && answers.of(place)?.warning);
}

function refuse(desk: ImportDesk, step: Step, refusal: Refusal, answers: CellAnswers): ImportedFact {
  const fact = refusedFact(desk, step, refusal);
  for (const place of placesRefused(step, refusal)) answers.refuse(place, fact.reason ?? '');
  return fact;
}

/** The cells of the items that are wrong; if the refusal names none, the first cell. */
function placesRefused({ places }: Step, refusal: Refusal): readonly (CellPlace | undefined)[] {
  if ('item' in refusal && refusal.item !== undefined) return [places[refusal.item]];
  const paths = refusal.kind === 'BAD_USER_INPUT' ? refusal.violations.map(({ path }) => path) : [];
  const items = paths.flatMap((path) => ITEM.exec(path)?.[1] ?? []).map(Number);
  return items.length === 0 ? [places[0]] : items.map((item) => places[item]);
}

const ITEM = /\/items\/(\d+)(?:\/|$)/;

const refusedFact = ({ rules }: ImportDesk, step: Step, refusal: Refusal): ImportedFact => ({
  ...shown(step),
  result: 'REFUSED',
  reason: refusalWords(refusal, rules),
});

function shown({ action, says, places }: Step): Omit<ImportedFact, 'result'> {
  const names = places.map(({ sheet, cell }) => `${sheet}!${cellName(cell)}`);
  const few = names.length <= 50 ? names : [names[0] ?? '', names.at(-1) ?? ''];
  return { action, says, cells: few, items: names.length };
}
