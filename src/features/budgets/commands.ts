import { DecisionOf, FactOrigin } from '../../command-handling/decider';
import { Fen } from '../../kernel/money';
import { Instant } from '../../kernel/time';
import { BudgetApproved, BudgetEvent, LineDefinition } from './events';

export interface Payment extends Overrunning {
  readonly line: string;
  readonly amount: Fen;
  readonly payee?: string;
  readonly memo?: string;
}

/** A command that may take more than a line has left, if it says so and gives a reason. */
export interface Overrunning {
  readonly overrun?: boolean;
}

export type BudgetCommand = { readonly department: string; readonly fiscalYear: number } & (
  | { readonly kind: 'approve'; readonly approval: BudgetApproved }
  | { readonly kind: 'supplement'; readonly line: string; readonly amount: Fen; readonly newLine?: LineDefinition }
  | { readonly kind: 'reduce'; readonly line: string; readonly amount: Fen }
  | { readonly kind: 'transfer'; readonly fromLine: string; readonly toLine: string; readonly amount: Fen }
  | ({ readonly kind: 'spend' } & Payment)
  | { readonly kind: 'spendMany'; readonly items: readonly (Payment & FactOrigin)[] }
  | {
      readonly kind: 'refund';
      readonly line: string;
      readonly amount: Fen;
      readonly payer?: string;
      readonly memo?: string;
    }
  | {
      readonly kind: 'reverse';
      readonly change: string;
      /** Left out: all that is left of the expenditure. */
      readonly amount?: Fen;
    }
  | ({
      readonly kind: 'correct';
      readonly change: string;
      readonly line?: string;
      readonly amount?: Fen;
      readonly effectiveAt?: Instant;
    } & Overrunning)
  | { readonly kind: 'close' }
  /** `fiscalYear` is the year left. */
  | { readonly kind: 'carryOver'; readonly toFiscalYear: number; readonly lines: readonly CarriedLine[] }
);

export interface CarriedLine {
  readonly line: string;
  readonly amount: Fen;
  /** The code of the line in the year entered. */
  readonly toLine: string;
}

export type CommandOf<Kind extends BudgetCommand['kind']> = Extract<BudgetCommand, { readonly kind: Kind }>;

export type BudgetDecision = DecisionOf<BudgetEvent>;
