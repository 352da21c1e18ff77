import { beginLedgers, StartEngines } from './ledger';
import { adjustments } from './adjustments';
import { carryOver } from './carry-over';
import { connectionRate } from './connection-rate';
import { corrections } from './corrections';
import { departmentName } from './department-name';
import { difference } from './difference';
import { edges } from './edges';
import { endOfYear } from './end-of-year';
import { executionRate } from './execution-rate';
import { fundSource } from './fund-source';
import { revisedBudget } from './revised-budget';
import { scores } from './scores';
import { spendingByMonth } from './spending-by-month';
import { transfer } from './transfer';

const QUESTIONS = [
  revisedBudget,
  executionRate,
  endOfYear,
  transfer,
  scores,
  fundSource,
  connectionRate,
  carryOver,
  adjustments,
  departmentName,
  corrections,
  spendingByMonth,
  difference,
  edges,
];

/** Questions of auditors, asked over HTTP on both clocks. `start` starts the engines. */
export function describeAuditQuestions(start: StartEngines): void {
  beginLedgers(start);
  for (const question of QUESTIONS) question();
}
