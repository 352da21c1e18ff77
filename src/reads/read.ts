import { Instant, LocalDate } from '../kernel/time';

/** As of which point of the log a person read, and which effective dates counted. */
export interface ReadMoment {
  readonly position: bigint;
  /** undefined: no upper bound. */
  readonly effectiveAt?: Instant;
}

/** What one person read at one moment. */
export interface ReadMade {
  readonly sub: string;
  readonly name?: string;
  /** `asOf`, `history`, `export budgets`. */
  readonly operation: string;
  /** `BUDGET/441300-DSJ.2023`; undefined for a read of many entities. */
  readonly entity?: string;
  readonly moment: ReadMoment;
  /** Codes, or patterns such as `4413*` and `*` if it was a read of all departments that the person may read. */
  readonly departments: Iterable<string>;
  /** What was asked for, as paths of fields: `asOf.budget.executed`. */
  readonly fields: readonly string[];
}

/** Reads of one person, operation, entity, day and moment in a short time. */
export interface ReadLine {
  readonly day: LocalDate;
  readonly sub: string;
  readonly name?: string;
  readonly operation: string;
  readonly entity?: string;
  readonly moment: ReadMoment;
  readonly departments: readonly string[];
  readonly fields: readonly string[];
  /** How many reads these were; 0 if each of them is counted at another moment, too. */
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}
