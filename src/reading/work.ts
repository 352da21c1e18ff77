import { AbortState } from '../kernel/async';
import { LimitName, Limits } from '../kernel/limits';
import { requireWaiting } from '../kernel/outage';
import { limitExceeded, Refused } from '../kernel/refusal';
import { longWork, Worker } from '../kernel/turns';

/** What a request has spent. */
export interface Cost {
  /** Fields of the answer, and values inside JSON values. */
  readonly fields: number;
  /** Bytes of the answer's data, as JSON in UTF-8. */
  readonly bytes: number;
  /** CPU time, as far as the server measures it: the start of a request, and the turns of long work. */
  readonly cpuMs: number;
}

const BUDGETS = {
  fields: 'maxAnswerFields',
  bytes: 'maxAnswerBytes',
  cpuMs: 'maxCpuMs',
} as const satisfies Readonly<Record<keyof Cost, LimitName>>;

export type WorkLimits = Pick<Limits, (typeof BUDGETS)[keyof Cost] | 'maxListLength'>;

/** Answering this many fields takes a few milliseconds. */
export const FIELDS_PER_TURN = 1_000;

interface Piece {
  readonly fields: number;
  begin(): void;
  stop(error: unknown): void;
}

/**
 * The budget of one request. Whatever works for the request charges it first, by what there is. The charge that exceeds a limit is
 * refused, and everything after it too. Work that is too long for one turn of the event loop waits here for later turns.
 */
export class Work implements Worker {
  private spent = { fields: 0, bytes: 0, cpuMs: 0 };
  private exceeded: Refused | undefined;
  /** What the current turn has been given. */
  private inTurn = 0;
  private readonly pieces: Piece[] = [];
  private isSpreading = false;

  constructor(
    readonly limits: WorkLimits,
    private readonly signal?: AbortState,
    readonly owner?: string,
  ) {}

  get cost(): Cost {
    return { ...this.spent, cpuMs: Math.round(this.spent.cpuMs * 10) / 10 };
  }

  get fields(): number {
    return this.spent.fields;
  }

  /** The refusal that ends the request; undefined while it is within its budget. */
  get refusal(): Refused | undefined {
    return this.exceeded;
  }

  /** Begins a new answer for the same request: the next item of a subscription. */
  restart(): void {
    this.spent = { fields: 0, bytes: 0, cpuMs: 0 };
    this.exceeded = undefined;
    this.inTurn = 0;
  }

  /** Throws `Refused` (LIMIT_EXCEEDED) if the request has spent more than it may. */
  charge(what: keyof Cost, amount: number): void {
    this.spend(what, amount);
    if (this.exceeded !== undefined) throw this.exceeded;
  }

  took(ms: number): void {
    this.spend('cpuMs', ms);
  }

  requireGoing(): void {
    requireWaiting(this.signal);
    if (this.exceeded !== undefined) throw this.exceeded;
  }

  /** Whether this turn has room for this number of fields. If it has, they are counted. */
  fits(fields: number): boolean {
    if (this.pieces.length > 0 || this.inTurn + fields > FIELDS_PER_TURN) return false;
    this.inTurn += fields;
    return true;
  }

  /** Gives back what was counted too much. */
  release(fields: number): void {
    this.inTurn = Math.max(0, this.inTurn - fields);
  }

  /** Resolves in a turn that has room for this number of fields. Rejects if the request ends before. */
  turnFor(fields: number): Promise<void> {
    const turn = new Promise<void>((begin, stop) => this.pieces.push({ fields, begin, stop }));
    if (!this.isSpreading) void this.spread();
    return turn;
  }

  private async spread(): Promise<void> {
    this.isSpreading = true;
    try {
      while (this.pieces.length > 0) {
        await longWork.next(this);
        this.inTurn = 0;
        for (let [piece] = this.pieces; piece !== undefined; [piece] = this.pieces) {
          if (this.inTurn > 0 && this.inTurn + piece.fields > FIELDS_PER_TURN) break;
          this.inTurn += piece.fields;
          this.pieces.shift();
          piece.begin();
        }
      }
    } catch (error) {
      for (const piece of this.pieces.splice(0)) piece.stop(error);
    } finally {
      this.isSpreading = false;
    }
  }

  private spend(what: keyof Cost, amount: number): void {
    this.spent[what] += amount;
    const limit = BUDGETS[what];
    const most = this.limits[limit];
    if (this.spent[what] <= most || this.exceeded !== undefined) return;
    const spent = Math.ceil(this.spent[what] * 10) / 10;
    const message = `The request has spent ${spent} ${UNITS[what]}; ${most} are allowed: ask for less at once`;
    this.exceeded = new Refused(limitExceeded(limit, message, { spent, allowed: most }).refusal);
  }
}

const UNITS: Readonly<Record<keyof Cost, string>> = {
  fields: 'fields',
  bytes: 'bytes',
  cpuMs: 'milliseconds of CPU time',
};
