import { RemoteError, RemoteLedger } from './remote-ledger';

/** What is asked about: a budget at a moment on each clock; left out, now and without a bound. */
export interface Question {
  readonly department: string;
  readonly fiscalYear: number;
  readonly asOf?: string;
  readonly knownAt?: string;
}

export const AMOUNTS = ['opening', 'adjustment', 'revised', 'executed', 'remaining'] as const;
export type AmountName = (typeof AMOUNTS)[number];

/** Where the figures of a budget come from, as the server tells it. Amounts are in yuan where nothing else is said. */
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
  /** The facts that were corrected, as they stand now, each with its corrections in order. */
  readonly corrected: readonly CorrectedFact[];
  readonly blame: readonly Origin[];
}

export interface ToldChange {
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
  readonly change: ToldChange;
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
  readonly change: ToldChange;
  readonly corrections: readonly ToldChange[];
}

/** A field, as a JSON Pointer, and the change that gave it its value. */
export interface Origin {
  readonly path: string;
  readonly value: unknown;
  readonly change: ToldChange;
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
      bridge { effectiveAt documentNo amount revisedAfter legs { line amount } change { ...told } }
      blame { path value change { ...told } }
    }
  }
}
fragment told on Change { id: eventId position type effectiveAt recordedAt documentNo reason actor { sub name } }`;

type Told<Name extends string> = Readonly<Record<Name, string>>;
interface BudgetAnswer {
  readonly ledger: Pick<Explanation, 'timeZone'>;
  readonly asOf: Pick<Explanation, 'position' | 'knownAt' | 'effectiveAt'> & {
    readonly budget:
      | (Pick<Explanation, 'department' | 'fiscalYear' | 'closed' | 'revision' | 'executionRate' | 'bridge' | 'blame'> &
          Told<AmountName> &
          Told<`${AmountName}InWan`>)
      | null;
  };
}

const ENTRIES = `query($department: ID!, $fiscalYear: Int!, $at: AsOfInput!, $after: String) {
  asOf(at: $at) {
    budget(department: $department, fiscalYear: $fiscalYear) {
      entries(first: 200, after: $after) {
        nodes {
          kind line toLine state amount amountFirstRecorded effectiveAt effectiveAtFirstRecorded
          change { ...told }
          corrections { ...told }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
fragment told on Change { id: eventId position type effectiveAt recordedAt documentNo reason actor { sub name } }`;

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

/** Asks all of it at one snapshot. Throws `RemoteError`, also where there is no such budget. */
export async function explainBudget(ledger: RemoteLedger, question: Question): Promise<Explanation> {
  const { department, fiscalYear, asOf: effectiveAt, knownAt } = question;
  const name = { department, fiscalYear };
  const answer = await ledger.ask<BudgetAnswer>(BUDGET, { ...name, at: { knownAt, effectiveAt } });
  const { budget, ...moments } = answer.asOf;
  if (budget === null)
    throw new RemoteError(`There is no budget ${department}.${fiscalYear} on record at ${moments.knownAt}`);
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
