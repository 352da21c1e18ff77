import { StoredEvent } from '../../event-store/envelope';
import { EventTypesOf } from '../../event-store/event-types';

export const FUND_SOURCES = [
  'GENERAL_PUBLIC_BUDGET',
  'GOVERNMENT_FUND',
  'STATE_CAPITAL_OPERATION',
  'SOCIAL_INSURANCE_FUND',
  'FISCAL_SPECIAL_ACCOUNT',
  'UNIT_FUNDS',
  'UNATTRIBUTED',
] as const;
export type FundSource = (typeof FUND_SOURCES)[number];

export const FUND_VINTAGES = ['CURRENT_YEAR', 'CARRIED_OVER'] as const;
export type FundVintage = (typeof FUND_VINTAGES)[number];

export const EXPENDITURE_KINDS = [
  'BASIC_PERSONNEL',
  'BASIC_OPERATING',
  'PROJECT_OPERATING',
  'PROJECT_SPECIFIC',
  'UNSPECIFIED',
] as const;
export type ExpenditureKind = (typeof EXPENDITURE_KINDS)[number];

export interface LineDefinition {
  readonly code: string;
  readonly name: string;
  readonly fundSource: FundSource;
  readonly vintage: FundVintage;
  readonly expenditureKind: ExpenditureKind;
  readonly functionCode?: string;
  readonly economicCode?: string;
  readonly projectCode?: string;
}

/** The amounts of all events are exact, in yuan, with at least two decimals. */
export interface BudgetApproved {
  readonly department: string;
  readonly fiscalYear: number;
  readonly goals: readonly string[];
  readonly lines: readonly (LineDefinition & { readonly amount: string })[];
}

export interface BudgetSupplemented {
  readonly line: string;
  readonly amount: string;
  /** Only if the supplement adds the line. */
  readonly newLine?: LineDefinition;
}

export interface BudgetReduced {
  readonly line: string;
  readonly amount: string;
}

export interface BudgetTransferred {
  readonly fromLine: string;
  readonly toLine: string;
  readonly amount: string;
}

export interface ExpenditureRecorded {
  readonly line: string;
  readonly amount: string;
  readonly payee?: string;
  readonly memo?: string;
  /** Only if it was more than its line had left. */
  readonly overrun?: true;
}

export interface ExpenditureReversed {
  /** The id of the event that recorded the expenditure. */
  readonly expenditure: string;
  readonly line: string;
  /** What the reversal takes back: all that is left of the expenditure, or a part. */
  readonly amount: string;
}

/** Money that came back, and that belongs to no one expenditure on record. */
export interface RefundRecorded {
  readonly line: string;
  readonly amount: string;
  readonly payer?: string;
  readonly memo?: string;
}

/** In the stream of the budget whose year has ended. It holds all that its counterpart, `BudgetCarriedIn`, is made from. */
export interface BudgetCarriedOut {
  readonly toFiscalYear: number;
  readonly lines: readonly {
    readonly line: string;
    readonly amount: string;
    readonly toLine: string;
    /** Only if the budget of `toFiscalYear` had no such line. */
    readonly newLine?: LineDefinition;
  }[];
}

/** In the stream of the budget of a later year. */
export interface BudgetCarriedIn {
  /** The id of the `BudgetCarriedOut`. */
  readonly carryOut: string;
  readonly fromFiscalYear: number;
  readonly lines: readonly {
    readonly line: string;
    readonly amount: string;
    readonly fromLine: string;
    /** It is added, unless the budget has got a line of this code in the meantime. */
    readonly newLine?: LineDefinition;
  }[];
}

/** What is left out stays as it is. */
export interface BudgetFactCorrected {
  /** The id of the event that recorded the fact. */
  readonly corrects: string;
  /** If the event recorded facts of several lines: the line of the fact. */
  readonly line?: string;
  readonly amount?: string;
  /** Only with an amount: the fact as restated is more than its line has left. */
  readonly overrun?: true;
  /** The right effective date of the fact, RFC 3339 in UTC. */
  readonly effectiveAt?: string;
  /** Only if it restates a carry-in: the id of the correction of the carry-out that it follows. */
  readonly follows?: string;
}

export type BudgetClosed = Readonly<Record<string, never>>;

export type BudgetEvent =
  | StoredEvent<'BudgetApproved', BudgetApproved>
  | StoredEvent<'BudgetSupplemented', BudgetSupplemented>
  | StoredEvent<'BudgetReduced', BudgetReduced>
  | StoredEvent<'BudgetTransferred', BudgetTransferred>
  | StoredEvent<'ExpenditureRecorded', ExpenditureRecorded>
  | StoredEvent<'ExpenditureReversed', ExpenditureReversed>
  | StoredEvent<'RefundRecorded', RefundRecorded>
  | StoredEvent<'BudgetCarriedOut', BudgetCarriedOut>
  | StoredEvent<'BudgetCarriedIn', BudgetCarriedIn>
  | StoredEvent<'BudgetFactCorrected', BudgetFactCorrected>
  | StoredEvent<'BudgetClosed', BudgetClosed>;

/** The events that record facts. The others say something about facts on record, or about the budget as a whole. */
export type FactEvent = Exclude<BudgetEvent, { readonly type: 'BudgetFactCorrected' | 'BudgetClosed' }>;

/** The log gives back only events of known types, and the stream of a budget holds only these. */
export const budgetEventOf = (stored: StoredEvent): BudgetEvent => stored as unknown as BudgetEvent;

export const budgetEventTypes = {
  BudgetApproved: { upcasters: [], personal: [] },
  BudgetSupplemented: { upcasters: [], personal: [] },
  BudgetReduced: { upcasters: [], personal: [] },
  BudgetTransferred: { upcasters: [], personal: [] },
  ExpenditureRecorded: { upcasters: [], personal: ['payee', 'memo'] },
  ExpenditureReversed: { upcasters: [], personal: [] },
  RefundRecorded: { upcasters: [], personal: ['payer', 'memo'] },
  BudgetCarriedOut: { upcasters: [], personal: [] },
  BudgetCarriedIn: { upcasters: [], personal: [] },
  BudgetFactCorrected: { upcasters: [], personal: [] },
  BudgetClosed: { upcasters: [], personal: [] },
} satisfies EventTypesOf<BudgetEvent>;
