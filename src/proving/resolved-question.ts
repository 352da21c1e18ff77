import { AskedMoment, Question } from '../evidence/files/question';
import { EntityName } from '../kernel/codes';
import { notFound, refused, unwrap } from '../kernel/refusal';
import { documentKey } from '../read-model/temporal-store';
import { AsOf, Snapshot } from '../reading/ledger-reader';
import { ScopeServices } from '../reading/scope';
import { ReadingServices } from '../reading/services';
import { About, Asked } from './asked';
import { departmentNamed } from './department';

type QuestionServices = ScopeServices & Pick<ReadingServices, 'reader'>;

/** The question with its moments resolved. Refusals are thrown as `Refused`. */
export async function resolvedQuestion(services: QuestionServices, asked: Asked): Promise<Question> {
  const { timeZone } = services.calendar;
  switch (asked.kind) {
    case 'STATE': {
      const snapshot = await resolved(services, asked.at, '/position');
      const about = await subjectAt(services, asked.about, snapshot.position);
      return { kind: 'STATE', ...about, timeZone, at: await momentOf(services, snapshot) };
    }
    case 'DIFFERENCE': {
      const from = await resolved(services, asked.from, '/fromPosition');
      const to = await resolved(services, asked.to, '/position');
      const later = from.position > to.position ? from : to;
      const about = await subjectAt(services, asked.about, later.position);
      const moments = { from: await momentOf(services, from), to: await momentOf(services, to) };
      return { kind: 'DIFFERENCE', ...about, timeZone, ...moments };
    }
    case 'CHANGE': {
      const { position } = asked;
      await resolved(services, { position }, '/position');
      const [change] = await services.store.changes({ after: position - 1n, upTo: position, limit: 1 });
      if (change === undefined) return unwrap(notFound(`There is no change at position ${position}`));
      await requireDepartment(services, change.department, position);
      const subject = { entity: change.entity };
      return { kind: 'CHANGE', department: change.department, subject, timeZone, at: { position } };
    }
  }
}

const resolved = async ({ reader }: QuestionServices, asOf: AsOf, path: string): Promise<Snapshot> =>
  unwrap(await reader.resolve(asOf, path));

type Of = Pick<Question, 'department' | 'subject'>;

async function subjectAt(services: QuestionServices, about: About, position: bigint): Promise<Of> {
  if (!('entityType' in about)) {
    const { department, fiscalYear } = about;
    await requireDepartment(services, department, position);
    return { department, subject: { fiscalYear } };
  }
  const { entityType, code } = about;
  const version = await documentAt(services, about, position);
  const department = version?.change?.department;
  if (department === undefined) return unwrap(notFound(`There is no ${entityType} ${code} at that moment`));
  await requireDepartment(services, department, position);
  return { department, subject: { entity: { entityType, code } } };
}

/** The history of the department is part of the file. */
async function requireDepartment(services: QuestionServices, code: string, position: bigint): Promise<void> {
  if (services.visibility?.showsCode(code) === false) {
    const message = `Evidence shows the history of department ${code}, which the token does not allow reading.`;
    unwrap(refused({ kind: 'FORBIDDEN', message }));
  }
  if ((await documentAt(services, departmentNamed(code), position)) !== undefined) return;
  unwrap(notFound(`There is no department ${code} at that moment`));
}

async function documentAt({ store }: QuestionServices, { entityType, code }: EntityName, position: bigint) {
  const [version] = await store.versions([documentKey(entityType, code)], position);
  return version;
}

/** At the newest change that the caller may see: a later one of another department changes nothing in the answer. */
async function momentOf({ store }: QuestionServices, snapshot: Snapshot): Promise<AskedMoment> {
  const [last] = await store.changes({ after: 0n, upTo: snapshot.position, limit: 1, last: true });
  if (last === undefined) return unwrap(notFound('Nothing was on record at that moment'));
  const { knownAt, effectiveAt } = snapshot;
  return { position: last.event.position, knownAt, effectiveAt };
}
