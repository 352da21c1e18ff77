import { Role, ROLES } from './principal';

/** Roles that only read. A token with one of them never writes, whatever other roles it has: separation of duties. */
export const WATCHING_ROLES = ['auditor', 'analyst'] as const satisfies readonly Role[];

export type WritingRole = Exclude<Role, (typeof WATCHING_ROLES)[number]>;

/**
 * The roles that have each right, in the departments that the token names: those that it reads, or those that it writes in. No
 * role has a right in other departments.
 */
const READING = {
  /** The figures, texts and names of departments, and the change feed. Every role has it; it cannot be taken away. */
  readFigures: ROLES,
  /** Payees, payers, memos, the names of persons, and what clients sent. */
  readDetails: ['auditor', 'editor', 'finance', 'admin'],
  /** Who read what. Only with `readDetails`, because it names persons. */
  readReads: ['auditor'],
  /** To have changes sent to other systems, which get what the subscriber may read. Roles that only watch never have it. */
  manageWebhooks: ['admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** An action that is a right of its own has the name of that right. */
const WRITING = {
  registerDepartment: ['admin'],
  renameDepartment: ['admin'],
  approveBudget: ['finance'],
  supplementBudget: ['finance'],
  reduceBudget: ['finance'],
  transferBudget: ['finance'],
  closeBudget: ['finance'],
  carryOverBudget: ['finance'],
  recordExpenditure: ['editor'],
  recordRefund: ['editor'],
  planTask: ['editor'],
  reportTaskProgress: ['editor'],
  reachMilestone: ['editor'],
  completeTask: ['editor'],
  cancelTask: ['editor'],
  reopenTask: ['editor'],
  defineIndicator: ['editor'],
  reviseIndicatorTarget: ['editor'],
  recordObservation: ['editor'],
  retireIndicator: ['editor'],
  openEvaluation: ['editor'],
  scoreEvaluation: ['editor'],
  submitEvaluation: ['editor'],
  returnEvaluation: ['finance'],
  confirmEvaluation: ['finance'],
  publishEvaluation: ['admin'],
  reviseEvaluation: ['admin'],
  publishScoringTemplate: ['admin'],
} as const satisfies Readonly<Record<string, readonly WritingRole[]>>;

export type ReadingRight = keyof typeof READING;
export type WritingRight = keyof typeof WRITING;
export type Right = ReadingRight | WritingRight;

export const READING_RIGHTS = Object.keys(READING) as readonly ReadingRight[];
export const WRITING_RIGHTS = Object.keys(WRITING) as readonly WritingRight[];

/**
 * Actions that need the right of another action: whoever may record a fact may also record several at once, correct it and reverse
 * it. If an action needs one of several rights, the fact on record decides which one (`Action.recordedBy`).
 */
export const BY_RIGHT_OF = {
  recordExpenditures: ['recordExpenditure'],
  reverseExpenditure: ['recordExpenditure'],
  correctBudgetFact: [
    'approveBudget',
    'supplementBudget',
    'reduceBudget',
    'transferBudget',
    'carryOverBudget',
    'recordExpenditure',
    'recordRefund',
  ],
  correctObservation: ['recordObservation'],
} as const satisfies Readonly<Record<string, readonly WritingRight[]>>;

/**
 * What is done to a proposal. Whoever confirms or rejects it needs the right to its command (`Action.recordedBy`); who proposed it
 * may withdraw it.
 */
export const ON_PROPOSALS = ['confirmProposal', 'rejectProposal', 'withdrawProposal'] as const;

/** Every action of the ledger. An action that is neither in the table nor judged by the right of another one does not compile. */
export type ActionName = WritingRight | keyof typeof BY_RIGHT_OF | (typeof ON_PROPOSALS)[number];

/** The rights of which an action needs one. */
export const RIGHTS_FOR = {
  ...(Object.fromEntries(WRITING_RIGHTS.map((right) => [right, [right]])) as Record<WritingRight, [WritingRight]>),
  ...BY_RIGHT_OF,
  ...withEveryRight(ON_PROPOSALS),
} satisfies Readonly<Record<ActionName, readonly WritingRight[]>>;

function withEveryRight<Name extends string>(names: readonly Name[]): Record<Name, readonly WritingRight[]> {
  return Object.fromEntries(names.map((name) => [name, WRITING_RIGHTS])) as Record<Name, readonly WritingRight[]>;
}

export const ACTION_NAMES = Object.keys(RIGHTS_FOR) as readonly ActionName[];

export const isActionName = (name: string): name is ActionName => Object.hasOwn(RIGHTS_FOR, name);

/** Which roles have each right. */
export type RightsTable = Readonly<Record<Right, readonly Role[]>>;

export const DEFAULT_RIGHTS: RightsTable = { ...READING, ...WRITING };
