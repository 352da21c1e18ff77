import { Dice, named, pick } from './dice';
import { Accepted, Command, Known } from './known';

const BUDGETS = ['D1.2023', 'd-2.2023', 'D1.2024'];
const LINES = ['L2', 'L1', 'l-3', 'L10'];
const FACTS = [
  'approveBudget',
  'supplementBudget',
  'reduceBudget',
  'transferBudget',
  'recordExpenditure',
  'recordExpenditure',
  'recordExpenditures',
  'recordRefund',
  'reverseExpenditure',
  'carryOverBudget',
];

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

const budgetOf = (dice: Dice, known: Known): string =>
  pick(dice.blind ? BUDGETS : known.existing('budget', BUDGETS), dice.entity);

function existingLines(budget: string, known: Known): readonly string[] {
  const approved = known.of('budget', budget, ['approveBudget']).flatMap(({ input }) => input.lines as LineInput[]);
  const added = known.of('budget', budget, ['supplementBudget']).map(({ input }) => input.line as string);
  return [...new Set([...approved.map(({ code }) => code), ...added])];
}

/** Of an approval, or of a carry-over. */
interface LineInput {
  readonly code: string;
  readonly line?: string;
}

const lineIn = (input: LineInput | undefined): string | undefined => input?.line ?? input?.code;

/** Its lines; any lines if there are fewer than two. */
function linesOf(budget: string, dice: Dice, known: Known): readonly string[] {
  const lines = existingLines(budget, known);
  return dice.blind || lines.length < 2 ? LINES : lines;
}

const definition = (code: string, { other }: Dice) => ({
  code,
  name: `明细 ${code}`,
  // Lines of one budget differ.
  fundSource: pick(['GENERAL_PUBLIC_BUDGET', 'GOVERNMENT_FUND', 'UNATTRIBUTED'], other + code.length),
  vintage: pick([undefined, 'CARRIED_OVER'], other),
  expenditureKind: pick([undefined, 'PROJECT_SPECIFIC', 'BASIC_PERSONNEL'], other),
  functionCode: pick([undefined, '2010301', '20103', '201', '215'], other + code.length),
  economicCode: pick([undefined, '30201', '302'], other),
  projectCode: pick([undefined, 'X-1', '2023-政务云'], other + code.length),
});

/** An earlier change that one of these mutations made; for a blind command, any change of the ledger. */
function earlier(dice: Dice, known: Known, mutations: readonly string[]): Omit<Accepted, 'position' | 'kind'> {
  const meant = known.by(...(dice.blind ? [] : mutations));
  return meant.length === 0 ? { code: 'D1.2023', change: 'none', mutation: 'none', input: {} } : pick(meant, dice.part);
}

/** Its edges, and days inside. */
const inYear = (year: number, number: number): string =>
  pick(
    [
      `${year}-01-01`,
      `${year - 1}-12-31T16:00:00.000Z`,
      `${year}-06-30`,
      `${year}-06-30T00:00:00+08:00`,
      `${year}-07-20T08:00:00Z`,
      `${year}-12-31T23:59:59.999+08:00`,
    ],
    number,
  );

export const budgetCommands = {
  approve: (dice: Dice, known: Known): Command => {
    const budget = pick(dice.blind ? BUDGETS : known.missing('budget', BUDGETS), dice.entity);
    const lines = LINES.slice(0, 1 + (dice.part % 3)).map((code, index) => ({
      ...definition(code, dice),
      amount: (dice.extra + index) % 5 === 0 ? '0' : yuan(dice.amount + 30_000),
    }));
    return { mutation: 'approveBudget', kind: 'budget', input: { ...named(budget), lines, goals: ['线上线下融合'] } };
  },
  supplement: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const line = pick(LINES, dice.part);
    const isNew = !existingLines(budget, known).includes(line) !== dice.blind;
    const newLine = isNew ? definition(line, dice) : undefined;
    const amount = `0.${String(dice.amount).padStart(6, '0')}`;
    return {
      mutation: 'supplementBudget',
      kind: 'budget',
      input: { ...named(budget), line, newLine, amount, unit: 'WAN_YUAN' },
    };
  },
  reduce: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const line = pick(linesOf(budget, dice, known), dice.part);
    return {
      mutation: 'reduceBudget',
      kind: 'budget',
      input: { ...named(budget), line, amount: yuan(dice.amount % 4_000) },
    };
  },
  transfer: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const fromLine = pick(linesOf(budget, dice, known), dice.part);
    const others = linesOf(budget, dice, known).filter((line) => line !== fromLine);
    const toLine = pick(others, dice.other);
    const amount = yuan(dice.amount % 4_000);
    return { mutation: 'transferBudget', kind: 'budget', input: { ...named(budget), fromLine, toLine, amount } };
  },
  spend: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    return {
      mutation: 'recordExpenditure',
      kind: 'budget',
      input: {
        ...named(budget),
        line: pick(linesOf(budget, dice, known), dice.part),
        amount: yuan(dice.amount % 8_000),
        payee: pick([undefined, '某软件公司'], dice.other),
        memo: pick([undefined, '支付十一月采购款'], dice.other),
        effectiveAt: dice.blind ? dice.at : inYear(named(budget).fiscalYear, dice.other),
        overrun: pick([undefined, true, false], dice.extra),
      },
    };
  },
  refund: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    return {
      mutation: 'recordRefund',
      kind: 'budget',
      input: {
        ...named(budget),
        line: pick(linesOf(budget, dice, known), dice.part),
        amount: yuan(dice.amount % 3_000),
        payer: pick([undefined, '某软件公司'], dice.other),
        memo: pick([undefined, '质保金退回'], dice.other),
        effectiveAt: dice.blind ? dice.at : inYear(named(budget).fiscalYear, dice.other),
      },
    };
  },
  spendMany: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const items = Array.from({ length: 1 + (dice.extra % 4) }, (_, place) => ({
      line: pick(linesOf(budget, dice, known), dice.part + place),
      amount: yuan((dice.amount + place) % 3_000),
      payee: pick([undefined, '某软件公司'], dice.other + place),
      documentNo: pick([undefined, 'B-1'], place),
      overrun: pick([undefined, undefined, true], dice.other + place),
      effectiveAt: pick(
        [dice.blind ? dice.at : undefined, inYear(named(budget).fiscalYear, dice.other + place)],
        place + 1,
      ),
    }));
    return { mutation: 'recordExpenditures', kind: 'budget', input: { ...named(budget), items } };
  },
  reverse: (dice: Dice, known: Known): Command => {
    const { code, change } = earlier(dice, known, ['recordExpenditure', 'recordExpenditures']);
    // Smaller than most expenditures, so that others may follow.
    const amount = pick([undefined, yuan(1 + (dice.amount % 2_000))], dice.extra);
    return { mutation: 'reverseExpenditure', kind: 'budget', input: { ...named(code), change, amount } };
  },
  correct: (dice: Dice, known: Known): Command => {
    const { code, change, mutation, input } = earlier(dice, known, FACTS);
    const { fiscalYear } = named(code);
    const lines = (input.lines ?? []) as readonly LineInput[];
    const isOfYear = /^record(Expenditure|Refund)/.test(mutation) && !dice.blind;
    const restated = dice.restated && (isOfYear ? inYear(fiscalYear, dice.other) : dice.restated);
    const isDateOnly = restated !== undefined && dice.extra % 3 === 0;
    const limit = { approveBudget: 60_000, reverseExpenditure: 3_000 }[mutation] ?? 9_000;
    return {
      mutation: 'correctBudgetFact',
      kind: 'budget',
      input: {
        ...named(code),
        change,
        line: lineIn(lines[dice.other % lines.length]),
        amount: isDateOnly ? undefined : yuan(dice.amount % 7 === 0 ? 0 : dice.amount % limit),
        correctEffectiveAt: restated,
        overrun: pick([undefined, true], dice.other),
      },
    };
  },
  carryOver: (dice: Dice, known: Known): Command => {
    const budget = dice.blind ? pick(BUDGETS, dice.entity) : 'D1.2023';
    const from = pick(linesOf(budget, dice, known), dice.part);
    const toLine = pick([undefined, 'c-1', ...linesOf('D1.2024', dice, known)], dice.other);
    const second = pick(linesOf(budget, dice, known), dice.part + 1);
    const lines = [
      { line: from, amount: yuan(1 + (dice.amount % 3_000)), toLine },
      { line: second, amount: yuan(1 + (dice.amount % 500)), toLine: 'c-2' },
    ];
    const count = second !== from && dice.extra % 3 === 0 ? 2 : 1;
    return {
      mutation: 'carryOverBudget',
      kind: 'budget',
      field: 'from',
      input: { ...named(budget), toFiscalYear: 2024, lines: lines.slice(0, count) },
    };
  },
  close: (dice: Dice, known: Known): Command => ({
    mutation: 'closeBudget',
    kind: 'budget',
    input: named(budgetOf(dice, known)),
  }),
};
