import { RemoteError, RemoteLedger } from './remote-ledger';

/** A budget at a moment on each clock. The default is now on the known clock, and no bound on the effective clock. */
export interface Question {
  readonly department: string;
  readonly fiscalYear: number;
  readonly asOf?: string;
  readonly knownAt?: string;
}

export const AMOUNTS = ['opening', 'adjustment', 'revised', 'executed', 'remaining', 'carriedOut'] as const;
export type AmountName = (typeof AMOUNTS)[number];

/** Where the figures of a budget come from. Amounts are in yuan unless the name says otherwise. */
export interface Explanation {
  readonly timeZone: string;
  readonly position: string;
  readonly knownAt: string;
  readonly effectiveAt: string | null;
  readonly department: { readonly code: string; readonly name: string };
  readonly fiscalYear: number;
  readonly closed: boolean;
  readonly revision: number;
  readonly amounts: Readonly<Record<AmountName, { readonly yuan: string; readonly wanYuan: string }>>;
  readonly executionRate: string | null;
  readonly bridge: readonly Step[];
  /** The facts that were corrected, with their present values and their corrections in order. */
  readonly corrected: readonly CorrectedFact[];
  readonly blame: readonly Origin[];
}

export interface ChangeSummary {
  readonly id: string;
  readonly position: string;
  readonly type: string;
  readonly effectiveAt: string;
  readonly recordedAt: string;
  readonly documentNo: string | null;
  readonly reason: string | null;
  readonly actor: { readonly sub: string; readonly name: string | null };
}

export interface Step {
  readonly effectiveAt: string;
  readonly documentNo: string | null;
  readonly amount: string;
  readonly revisedAfter: string;
  readonly legs: readonly { readonly line: string; readonly amount: string }[];
  readonly change: ChangeSummary;
}

export interface CorrectedFact {
  readonly kind: string;
  readonly line: string;
  readonly toLine: string | null;
  readonly state: string;
  readonly amount: string;
  readonly amountFirstRecorded: string;
  readonly effectiveAt: string;
  readonly effectiveAtFirstRecorded: string;
  readonly change: ChangeSummary;
  readonly corrections: readonly ChangeSummary[];
}

/** A field, as a JSON Pointer, and the change that set its value. */
export interface Origin {
  readonly path: string;
  readonly value: unknown;
  readonly change: ChangeSummary;
}

const BUDGET = `query($department: ID!, $fiscalYear: Int!, $at: AsOfInput!) {
  ledger { timeZone }
  asOf(at: $at) {
    position
    knownAt
    effectiveAt
    budget(department: $department, fiscalYear: $fiscalYear) {
      department { code name }
      fiscalYear
      closed
      revision
      ${AMOUNTS.map((name) => `${name} ${name}InWan: ${name}(unit: WAN_YUAN)`).join('\n')}
      executionRate
      bridge { effectiveAt documentNo amount revisedAfter legs { line amount } change { ...summary } }
      blame { path value change { ...summary } }
    }
  }
}
fragment summary on Change { id: eventId position type effectiveAt recordedAt documentNo reason actor { sub name } }`;

type TextFields<Name extends string> = Readonly<Record<Name, string>>;
interface BudgetAnswer {
  readonly ledger: Pick<Explanation, 'timeZone'>;
  readonly asOf: Pick<Explanation, 'position' | 'knownAt' | 'effectiveAt'> & {
    readonly budget:
      | (Pick<Explanation, 'department' | 'fiscalYear' | 'closed' | 'revision' | 'executionRate' | 'bridge' | 'blame'> &
          TextFields<AmountName> &
          TextFields<`${AmountName}InWan`>)
      | null;
  };
}

const ENTRIES = `query($department: ID!, $fiscalYear: Int!, $at: AsOfInput!, $after: String) {
  asOf(at: $at) {
    budget(department: $department, fiscalYear: $fiscalYear) {
      entries(first: 200, after: $after) {
        nodes {
          kind line toLine state amount amountFirstRecorded effectiveAt effectiveAtFirstRecorded
          change { ...summary }
          corrections { ...summary }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
fragment summary on Change { id: eventId position type effectiveAt recordedAt documentNo reason actor { sub name } }`;

interface EntriesAnswer {
  readonly asOf: {
    readonly budget: {
      readonly entries: {
        readonly nodes: readonly CorrectedFact[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    };
  };
}

/** All queries read the same snapshot. Throws `RemoteError`, also if the budget does not exist. */
export async function explainBudget(ledger: RemoteLedger, question: Question): Promise<Explanation> {
  const { department, fiscalYear, asOf: effectiveAt, knownAt } = question;
  const name = { department, fiscalYear };
  const answer = await ledger.ask<BudgetAnswer>(BUDGET, { ...name, at: { knownAt, effectiveAt } });
  const { budget, ...moments } = answer.asOf;
  if (budget === null)
    throw new RemoteError(`There is no budget ${department}.${fiscalYear} recorded at ${moments.knownAt}`);
  const pinned = { position: moments.position, effectiveAt: moments.effectiveAt };
  return {
    ...answer.ledger,
    ...moments,
    department: budget.department,
    fiscalYear: budget.fiscalYear,
    closed: budget.closed,
    revision: budget.revision,
    amounts: Object.fromEntries(
      AMOUNTS.map((amount) => [amount, { yuan: budget[amount], wanYuan: budget[`${amount}InWan`] }]),
    ) as Explanation['amounts'],
    executionRate: budget.executionRate,
    bridge: budget.bridge,
    corrected: await correctedFacts(ledger, { ...name, at: pinned }),
    blame: budget.blame,
  };
}

async function correctedFacts(ledger: RemoteLedger, variables: object): Promise<readonly CorrectedFact[]> {
  const found: CorrectedFact[] = [];
  let after: string | null = null;
  do {
    const answer: EntriesAnswer = await ledger.ask<EntriesAnswer>(ENTRIES, { ...variables, after });
    const { nodes, pageInfo } = answer.asOf.budget.entries;
    found.push(...nodes.filter(({ corrections }) => corrections.length > 0));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}
