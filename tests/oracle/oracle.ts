import { StoredEvent } from '../../src/event-store/envelope';
import { budgetOf, BUDGET_FIELDS } from './budgets';
import { changeOf } from './changes';
import { departmentOf, DEPARTMENT_FIELDS } from './departments';
import { evaluationOf, EVALUATION_FIELDS } from './evaluations';
import { indicatorOf, INDICATOR_FIELDS } from './indicators';
import { asLogged, LoggedEvent } from './log';
import { taskOf, TASK_FIELDS } from './tasks';
import { dayOf } from './time';
import { totalsOf, TotalsAsked } from './totals';

/** The moment that a question is about. */
export interface Place {
  /** Only events up to here are known. */
  readonly position: bigint;
  readonly effectiveAt?: number;
  /** The known time that the question gives, else now. */
  readonly knownAt?: number;
}

/** What the oracle answers about an entity. */
export const FIELDS = {
  department: DEPARTMENT_FIELDS,
  budget: BUDGET_FIELDS,
  task: TASK_FIELDS,
  indicator: INDICATOR_FIELDS,
  evaluation: EVALUATION_FIELDS,
};
export type EntityKind = keyof typeof FIELDS;
export const KINDS = Object.keys(FIELDS) as EntityKind[];

/** Asks for all of it, of every entity, in fields of the query and of a snapshot alike. */
export const EVERYTHING = KINDS.map((kind) => `${kind}s(first: 200) { nodes { ${FIELDS[kind]} } }`).join('\n');

/**
 * What the ledger must answer, by brute force. For each question the oracle takes the events that are known and in force, applies the
 * corrections, and sorts and sums the facts. It is written from the descriptions in schema.graphql, which it quotes. It shares no code with the product except the
 * types of the events.
 */
export class Oracle {
  readonly log: readonly LoggedEvent[];

  constructor(events: readonly StoredEvent[]) {
    this.log = asLogged(events);
  }

  /** The answer to `EVERYTHING`. */
  everything(place: Place) {
    return Object.fromEntries(
      KINDS.map((kind) => [
        `${kind}s`,
        { nodes: this.codes(kind, place).map((code) => this.entity(kind, code, place)) },
      ]),
    );
  }

  entity(kind: EntityKind, code: string, place: Place) {
    return this[kind](code, place);
  }

  department(code: string, place: Place) {
    return departmentOf(code, this.known(place), place.effectiveAt);
  }

  budget(code: string, place: Place) {
    return budgetOf(code, this.known(place), place.effectiveAt, this.ownerOf('budget', code, place));
  }

  task(code: string, place: Place) {
    const { effectiveAt, knownAt } = place;
    // "Left out: before effectiveAt, else knownAt as asked, else the pinned event's recordedAt, else now."
    const today = dayOf(effectiveAt ?? knownAt ?? this.recordedAt(place));
    return taskOf(code, this.known(place), effectiveAt, today, this.ownerOf('task', code, place));
  }

  indicator(code: string, place: Place) {
    return indicatorOf(code, this.known(place), place.effectiveAt, this.ownerOf('indicator', code, place));
  }

  evaluation(code: string, place: Place) {
    return evaluationOf(code, this.known(place), place.effectiveAt, this.ownerOf('evaluation', code, place));
  }

  totals(asked: TotalsAsked, place: Place) {
    return totalsOf(
      this.codes('budget', place).map((code) => this.budget(code, place)!),
      asked,
    );
  }

  /** Every effective instant of a fact, first recorded or corrected. */
  instants(): number[] {
    const restated = this.log.flatMap(({ data: { effectiveAt } }) =>
      typeof effectiveAt === 'string' ? [Date.parse(effectiveAt)] : [],
    );
    return [...new Set([...this.log.map(({ effectiveAt }) => effectiveAt), ...restated])].sort((a, b) => a - b);
  }

  /** Every change of the ledger that is known. */
  changes(place: Place) {
    const known = this.known(place);
    return known.map((event) => changeOf(event, known));
  }

  /** "A time resolves to the last event recorded at or before it." */
  positionAt(time: number): bigint {
    return this.log.findLast(({ recordedAt }) => recordedAt <= time)?.position ?? 0n;
  }

  /** "For a position, its event's recordedAt; at position zero the epoch." */
  recordedAt({ position }: Place): number {
    return this.log.findLast((event) => event.position <= position)?.recordedAt ?? 0;
  }

  private known({ position }: Place): readonly LoggedEvent[] {
    return this.log.filter((event) => event.position <= position);
  }

  /** The department of an entity that is no department, at the same moment. */
  private ownerOf(category: EntityKind, code: string, place: Place) {
    const founding = this.log.find((event) => event.category === category && event.code === code);
    return founding === undefined ? null : this.department(founding.data.department as string, place);
  }

  /** The codes of all entities of a category that exist, in order. */
  codes(category: EntityKind, place: Place): string[] {
    const founding = this.known(place).filter((event) => event.category === category && event.revision === 0n);
    return founding.map(({ code }) => code).sort();
  }
}
