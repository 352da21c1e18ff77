import { difference } from '../audit/difference';
import { AuditView } from '../audit/audit-view';
import { effectiveAtOf } from '../event-store/envelope';
import { AskedMoment, Question } from '../evidence/files/question';
import { EntityName } from '../kernel/codes';
import { Json, JsonObject } from '../kernel/json';
import { notFound, unwrap } from '../kernel/refusal';
import { formatInstant } from '../kernel/time';
import { longWork } from '../kernel/turns';
import { documentKey } from '../read-model/temporal-store';
import { fieldsChangedBy } from '../reading/change-lineage';
import { lineageOf, Lineages } from '../reading/lineage';
import { Scope } from '../reading/scope';
import { departmentNamed } from './department';

export interface AnswerServices {
  readonly lineages: Lineages;
  readonly scopeAt: (moment: AskedMoment) => Scope;
}

/**
 * The answer to a question as an evidence file has it. The server and the checker compute it with the same code: the server from its read
 * models, the checker from the events of the file.
 */
export async function answerTo(question: Question, services: AnswerServices): Promise<JsonObject> {
  // Without the members that are undefined.
  return JSON.parse(JSON.stringify(await viewed(question, services))) as JsonObject;
}

function viewed(question: Question, services: AnswerServices): Promise<JsonObject> {
  switch (question.kind) {
    case 'STATE':
      return stateAt(question, services, services.scopeAt(question.at));
    case 'DIFFERENCE':
      return differenceBetween(question, services, services.scopeAt(question.from), services.scopeAt(question.to));
    case 'CHANGE':
      return changeAt(question, services, services.scopeAt(question.at));
  }
}

async function stateAt(question: Question, { lineages }: AnswerServices, scope: Scope): Promise<JsonObject> {
  const entities: Json[] = [];
  for (const entity of await entitiesOf(question, lineages, scope)) {
    const view = await viewAt(lineages, scope, entity);
    if (view === undefined) return unwrap(notFound(`There is no ${entity.entityType} ${entity.code} at that moment`));
    entities.push({ ...entity, fields: view });
  }
  return { entities };
}

/** Entities that do not differ are left out. */
async function differenceBetween(
  question: Question,
  { lineages }: AnswerServices,
  from: Scope,
  to: Scope,
): Promise<JsonObject> {
  const later = from.position > to.position ? from : to;
  const entities: Json[] = [];
  for (const entity of await entitiesOf(question, lineages, later)) {
    const changes = difference(await viewAt(lineages, from, entity), await viewAt(lineages, to, entity));
    if (changes.length > 0) entities.push({ ...entity, changes: changes.map((change) => ({ ...change })) });
  }
  return { entities };
}

async function changeAt({ subject }: Question, { lineages }: AnswerServices, scope: Scope): Promise<JsonObject> {
  if (!('entity' in subject)) throw new TypeError('A change is one of an entity');
  const change = await scope.change(subject.entity, scope.position);
  const { event, sequence, recordedAt } = change;
  const changes = await fieldsChangedBy({ lineages }, scope.services, change);
  return {
    change: {
      id: event.id,
      type: event.type,
      sequence: String(sequence),
      recordedAt: formatInstant(recordedAt),
      effectiveAt: formatInstant(effectiveAtOf(event)),
      changes: changes.map((each) => ({ ...each })),
    },
  };
}

async function viewAt(lineages: Lineages, scope: Scope, entity: EntityName): Promise<AuditView | undefined> {
  await longWork.turn(scope.services.work);
  return lineageOf(lineages, entity.entityType).auditViewAt(scope, entity.code);
}

/** What the answer is about: the department first, and the others by type and code. */
async function entitiesOf(question: Question, lineages: Lineages, scope: Scope): Promise<readonly EntityName[]> {
  const department = departmentNamed(question.department);
  const { subject } = question;
  const others =
    'entity' in subject ? [subject.entity] : await ofYear(question.department, subject.fiscalYear, lineages, scope);
  return [department, ...others.filter(({ entityType }) => entityType !== department.entityType)];
}

async function ofYear(
  department: string,
  fiscalYear: number,
  lineages: Lineages,
  scope: Scope,
): Promise<readonly EntityName[]> {
  const found: EntityName[] = [];
  for (const entityType of [...lineages.keys()].sort()) {
    const codes = await lineageOf(lineages, entityType).codesOf(scope, department);
    const keys = codes.map((code) => documentKey(entityType, code));
    const versions = await scope.services.store.versions(keys, scope.position);
    const ofTheYear = codes.filter((_, index) => versions[index]?.change?.fiscalYear === fiscalYear);
    found.push(...ofTheYear.sort().map((code) => ({ entityType, code })));
  }
  return found;
}
