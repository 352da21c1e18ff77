import { Principal } from '../../auth/principal';

/** Who asks, and what the request calls itself. */
export interface Caller {
  readonly principal: Principal;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Where a broken subscription is resumed. */
  readonly resumeAfter?: string;
}

export type MakeContext<Context extends object> = (caller: Caller) => Context;
