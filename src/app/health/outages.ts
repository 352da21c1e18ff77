import { Outage } from '../../kernel/outage';
import { Ability, Problems } from './health';

/** `requests`: requests are refused although every check of the server's abilities succeeds. */
export type Part = Ability | 'requests';

export type OutageTurn =
  | {
      readonly turn: 'began' | 'changed';
      /** What is wrong with each part. */
      readonly problems: Readonly<Partial<Record<Part, string>>>;
      /** What the first request, or the server's own work, met. */
      readonly cause: Outage | undefined;
    }
  | { readonly turn: 'ended'; readonly milliseconds: number; readonly refusals: number };

/** Failures that no check explains. */
interface Unexplained {
  readonly cause: Outage;
  refusals: number;
  looks: number;
}

/** A failure that no check explains is reported after this many looks. By then the checks have noticed an outage. */
const LOOKS = 2;
const NOTHING: ReadonlyMap<Part, string> = new Map();

/** Reports when an outage begins, changes and ends: once each, however many requests it refuses. */
export class Outages {
  private ongoing:
    { readonly since: number; readonly problems: ReadonlyMap<Part, string>; refusals: number } | undefined;
  private unexplained: Unexplained | undefined;

  constructor(private readonly report: (turn: OutageTurn) => void) {}

  /** A part of a request was refused because of an outage. */
  refused(outage: Outage): void {
    if (this.ongoing !== undefined) this.ongoing.refusals++;
    this.note(outage, 1);
  }

  /** The server's own work met an outage, and is tried again. */
  noticed(outage: Outage): void {
    this.note(outage, 0);
  }

  /** The server has looked what it can do. */
  looked(found: Problems): void {
    const problems = found.size > 0 ? found : this.persisting();
    if (problems.size === 0) this.end();
    else if (!hasSameKeys(problems, this.ongoing?.problems ?? NOTHING)) this.turnTo(problems);
    if (problems.size > 0) this.unexplained = undefined;
  }

  private note(cause: Outage, refusals: number): void {
    this.unexplained ??= { cause, refusals: 0, looks: 0 };
    this.unexplained.refusals += refusals;
  }

  private persisting(): ReadonlyMap<Part, string> {
    const { unexplained } = this;
    if (unexplained === undefined) return NOTHING;
    const isOngoing = this.ongoing?.problems.has('requests') === true;
    if (++unexplained.looks < LOOKS && !isOngoing) return NOTHING;
    return new Map([['requests', unexplained.cause.message]]);
  }

  private turnTo(problems: ReadonlyMap<Part, string>): void {
    const { ongoing, unexplained } = this;
    const { since = performance.now(), refusals = unexplained?.refusals ?? 0 } = ongoing ?? {};
    this.ongoing = { since, problems, refusals };
    const turn = ongoing === undefined ? 'began' : 'changed';
    this.report({ turn, problems: Object.fromEntries(problems), cause: unexplained?.cause });
  }

  private end(): void {
    if (this.ongoing === undefined) return;
    const { since, refusals } = this.ongoing;
    this.ongoing = undefined;
    this.unexplained = undefined;
    this.report({ turn: 'ended', milliseconds: Math.round(performance.now() - since), refusals });
  }
}

const hasSameKeys = (a: ReadonlyMap<Part, string>, b: ReadonlyMap<Part, string>): boolean =>
  a.size === b.size && [...a.keys()].every((part) => b.has(part));
