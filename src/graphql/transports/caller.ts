import { Principal } from '../../auth/principal';

/** Who asks, and what the request calls itself. */
export interface Caller {
  readonly principal: Principal;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Where a broken subscription is resumed. */
  readonly resumeAfter?: string;
  /** Aborts if the client goes before the answer. */
  readonly signal?: AbortSignal;
}

export type MakeContext<Context extends object> = (caller: Caller) => Context;
