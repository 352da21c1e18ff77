import { BridgeStep, EntryKind } from '../features/budgets/readings';
import { EntityName } from '../kernel/codes';
import { Fen } from '../kernel/money';
import { longWork } from '../kernel/turns';
import { Scope } from '../reading/scope';
import { sourceOfFact } from './fact-sources';
import { Source } from './source';

/** A step from the opening budget to the revised one. */
export interface AdjustmentFigures {
  readonly kind: EntryKind;
  readonly withdrawn: boolean;
  /** What it adds to the whole budget. */
  readonly amount: Fen;
  readonly revisedAfter: Fen;
  readonly legs: readonly { readonly line: string; readonly amount: Fen }[];
  readonly source: Source;
}

export async function readAdjustments(
  scope: Scope,
  budget: EntityName,
  steps: readonly BridgeStep[],
): Promise<readonly AdjustmentFigures[]> {
  const { work, calendar } = scope.services;
  const found: AdjustmentFigures[] = [];
  for await (const { fact, amount, revisedAfter, legs } of longWork.each(steps, work)) {
    const { event } = await scope.change(budget, fact.position);
    const source = { ...sourceOfFact(fact, calendar), reason: event.metadata.reason };
    found.push({ kind: fact.kind, withdrawn: fact.withdrawn, amount, revisedAfter, legs, source });
  }
  return found;
}
