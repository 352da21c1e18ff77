import { Dice, pick } from './dice';
import { Command, Known } from './known';

interface BudgetName {
  readonly department: string;
  readonly fiscalYear: number;
}

const BUDGETS: readonly BudgetName[] = [
  { department: 'D1', fiscalYear: 2023 },
  { department: 'd-2', fiscalYear: 2023 },
  { department: 'D1', fiscalYear: 2024 },
];
const LINES = ['L2', 'L1', 'l-3', 'L10'];
const FACTS = [
  'approveBudget',
  'supplementBudget',
  'reduceBudget',
  'transferBudget',
  'recordExpenditure',
  'recordExpenditure',
  'reverseExpenditure',
];

const nameOf = ({ department, fiscalYear }: BudgetName): string => `BUDGET/${department}.${fiscalYear}`;
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

const budgetOf = (dice: Dice, known: Known): BudgetName =>
  pick(dice.blind ? BUDGETS : known.existing(BUDGETS, nameOf), dice.entity);

/** Its lines, or any where it has none. */
function linesOf(budget: BudgetName, dice: Dice, known: Known): readonly string[] {
  const lines = known.linesOf(nameOf(budget));
  return dice.blind || lines.length < 2 ? LINES : lines;
}

const definition = (code: string, { other }: Dice) => ({
  code,
  name: `明细 ${code}`,
  fundSource: pick(['GENERAL_PUBLIC_BUDGET', 'GOVERNMENT_FUND', 'UNATTRIBUTED'], other),
  vintage: pick([undefined, 'CARRIED_OVER'], other),
  functionCode: pick([undefined, '2010301'], other),
});

/** The id of an earlier change of the budget that one of these mutations made. */
function earlier(budget: BudgetName, dice: Dice, known: Known, mutations: readonly string[]): string {
  const meant = dice.blind ? known.of(nameOf(budget)) : known.of(nameOf(budget), ...mutations);
  return meant.length === 0 ? 'none' : pick(meant, dice.part).change;
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
    const budget = pick(dice.blind ? BUDGETS : known.missing(BUDGETS, nameOf), dice.entity);
    const lines = LINES.slice(0, 1 + (dice.part % 3)).map((code, index) => ({
      ...definition(code, dice),
      amount: (dice.part + index) % 5 === 0 ? '0' : yuan(dice.amount + 30_000),
    }));
    return { mutation: 'approveBudget', input: { ...budget, lines, goals: ['线上线下融合'] } };
  },
  supplement: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const line = pick(LINES, dice.part);
    const isNew = !known.linesOf(nameOf(budget)).includes(line) !== dice.blind;
    const newLine = isNew ? definition(line, dice) : undefined;
    const amount = `0.${String(dice.amount).padStart(6, '0')}`;
    return { mutation: 'supplementBudget', input: { ...budget, line, newLine, amount, unit: 'WAN_YUAN' } };
  },
  reduce: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const line = pick(linesOf(budget, dice, known), dice.part);
    return { mutation: 'reduceBudget', input: { ...budget, line, amount: yuan(dice.amount % 4_000) } };
  },
  transfer: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const fromLine = pick(linesOf(budget, dice, known), dice.part);
    const others = linesOf(budget, dice, known).filter((line) => line !== fromLine);
    const toLine = pick(others, dice.other);
    const amount = yuan(dice.amount % 4_000);
    return { mutation: 'transferBudget', input: { ...budget, fromLine, toLine, amount } };
  },
  spend: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    return {
      mutation: 'recordExpenditure',
      input: {
        ...budget,
        line: pick(linesOf(budget, dice, known), dice.part),
        amount: yuan(dice.amount % 8_000),
        payee: pick([undefined, '某软件公司'], dice.other),
        memo: pick([undefined, '支付十一月采购款'], dice.other),
        effectiveAt: dice.blind ? dice.at : inYear(budget.fiscalYear, dice.other),
      },
    };
  },
  reverse: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const change = earlier(budget, dice, known, ['recordExpenditure']);
    return { mutation: 'reverseExpenditure', input: { ...budget, change } };
  },
  correct: (dice: Dice, known: Known): Command => {
    const budget = budgetOf(dice, known);
    const change = earlier(budget, dice, known, FACTS);
    const original = known.of(nameOf(budget)).find((accepted) => accepted.change === change);
    const lines = (original?.input.lines ?? []) as { code: string }[];
    const isOfYear = original?.mutation === 'recordExpenditure' && !dice.blind;
    const restated = dice.restated && (isOfYear ? inYear(budget.fiscalYear, dice.other) : dice.restated);
    const isDateOnly = restated !== undefined && (dice.part % 3 === 0 || original?.mutation === 'reverseExpenditure');
    const limit = original?.mutation === 'approveBudget' ? 60_000 : 9_000;
    return {
      mutation: 'correctBudgetFact',
      input: {
        ...budget,
        change,
        line: lines.length === 0 ? undefined : pick(lines, dice.other).code,
        amount: isDateOnly ? undefined : yuan(dice.amount % 7 === 0 ? 0 : dice.amount % limit),
        correctEffectiveAt: restated,
      },
    };
  },
  close: (dice: Dice, known: Known): Command => ({ mutation: 'closeBudget', input: { ...budgetOf(dice, known) } }),
};
