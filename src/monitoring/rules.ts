import { Decimal } from '../kernel/decimal';

export const ALERT_LEVELS = ['YELLOW', 'RED'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

interface NamedRule {
  readonly id: string;
  readonly level: AlertLevel;
  /** Who says so: the document that the rule is from. */
  readonly source: string;
}

/** From each of these days on, so much of the revised budget should be spent. The newest day that has come counts. */
export interface SpendingBelow extends NamedRule {
  readonly kind: 'SPENDING_BELOW';
  readonly milestones: readonly Milestone[];
}

export interface Milestone {
  /** `MM-DD` */
  readonly by: string;
  readonly percent: Decimal;
}

/** Budget progress and goal progress differ by more percentage points than this. */
export interface ProgressGapOver extends NamedRule {
  readonly kind: 'PROGRESS_GAP_OVER';
  readonly points: Decimal;
}

/** A line of the budget has more executed than its revised amount. */
export interface LineOverrun extends NamedRule {
  readonly kind: 'LINE_OVERRUN';
}

export type AlertRule = SpendingBelow | ProgressGapOver | LineOverrun;

/** What the monitoring of a ledger warns of. It is data: no rule of any authority is built into the program. */
export interface AlertRules {
  readonly name: string;
  /** An example, and no rule that binds anybody. */
  readonly example: boolean;
  readonly rules: readonly AlertRule[];
}
