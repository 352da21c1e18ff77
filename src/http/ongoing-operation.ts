import { Cost, OperationEnded, OperationType, OutcomeClass, Telemetry, Transport } from '../kernel/telemetry';
import { Caller } from './caller';
import { ConditionalRequest } from './conditional-request';
import { outcomeOf } from './outcomes';

/** What is known of an operation, from its request to its end. Its end is reported once. */
export class OngoingOperation {
  private readonly since = performance.now();
  private readonly codes: string[] = [];
  private caller: Pick<Caller, 'principal' | 'signal'> | undefined;
  private isOver = false;
  type: OperationType = 'unknown';
  rootFields: readonly string[] = [];
  operationName: string | undefined;
  trustedId: string | undefined;
  /** Whether an outage has kept all of it from being answered. */
  isOutage = false;
  /** undefined if no cache keeps its answer. */
  conditional: ConditionalRequest | undefined;
  /** Asked at the end, as is `cost`. */
  items: (() => number) | undefined;
  cost: (() => Cost) | undefined;

  constructor(
    private readonly telemetry: Telemetry,
    private readonly transport: Transport,
    private readonly requestId: string,
  ) {}

  identified(caller: Pick<Caller, 'principal' | 'signal'>): void {
    this.caller = caller;
  }

  failed(code: string): void {
    if (!this.codes.includes(code)) this.codes.push(code);
  }

  /** Reports the operation; a second call has no effect. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.telemetry.report(this.ended());
  }

  private ended(): OperationEnded {
    const { transport, type, rootFields, operationName, trustedId, requestId } = this;
    return {
      kind: 'operation-ended',
      transport,
      type,
      rootFields,
      operationName,
      trustedId,
      sub: this.caller?.principal.sub,
      outcome: this.outcome(),
      codes: this.codes,
      ms: performance.now() - this.since,
      cost: this.cost?.(),
      requestId,
      items: this.items?.(),
    };
  }

  /** A client ends a subscription by leaving it. */
  private outcome(): OutcomeClass {
    const hasLeft = this.caller?.signal?.aborted === true && this.type !== 'subscription';
    return hasLeft ? 'aborted' : outcomeOf(this.codes);
  }
}
