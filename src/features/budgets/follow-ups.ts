import { DueFollowUp, FollowUp, FollowUps } from '../../command-handling/decider';
import { followUpId } from '../../command-handling/event-id';
import { yearCode } from '../../kernel/codes';
import { BudgetCarriedIn, BudgetCarriedOut, BudgetFactCorrected } from './events';
import { BudgetRecord, correctedKey, factOf } from './record';

/** What the budget of an earlier year hands on is followed by a change of the budget that takes it over. */
export const budgetFollowUps: FollowUps<BudgetRecord> = {
  of(record, { id, type, data }) {
    if (type === 'BudgetCarriedOut') return carriedIn(record, id, data as unknown as BudgetCarriedOut);
    if (type === 'BudgetFactCorrected') return carriedInCorrected(record, id, data as unknown as BudgetFactCorrected);
    return undefined;
  },
  due: ({ department, carryOvers }) =>
    carryOvers.handedOn.map(({ changeId, revision, toFiscalYear }): DueFollowUp => {
      return { changeId, revision, code: yearCode(department, toFiscalYear) };
    }),
  made: ({ carryOvers }, changeId) => carryOvers.takenOver.get(changeId)?.position,
};

function carriedIn(
  { department, fiscalYear }: BudgetRecord,
  carryOut: string,
  { toFiscalYear, lines }: BudgetCarriedOut,
): FollowUp {
  const data: BudgetCarriedIn = {
    carryOut,
    fromFiscalYear: fiscalYear,
    lines: lines.map(({ line: fromLine, amount, toLine: line, newLine }) => ({ line, amount, fromLine, newLine })),
  };
  return { code: yearCode(department, toFiscalYear), fact: { type: 'BudgetCarriedIn', data } };
}

function carriedInCorrected(
  record: BudgetRecord,
  follows: string,
  correction: BudgetFactCorrected,
): FollowUp | undefined {
  const { kind, counterpart } = factOf(record, correctedKey(correction));
  if (kind !== 'CARRY_OUT' || counterpart === undefined) return undefined;
  const data: BudgetFactCorrected = {
    ...correction,
    corrects: followUpId(counterpart.carryOut),
    line: counterpart.line,
    follows,
  };
  return { code: yearCode(record.department, counterpart.fiscalYear), fact: { type: 'BudgetFactCorrected', data } };
}
