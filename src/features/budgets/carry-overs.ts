import { Map } from 'immutable';
import { BudgetEvent } from './events';
import { BudgetFact } from './facts';

/** How the changes of a budget and those of the budgets of other years belong together. */
export interface CarryOvers {
  /** The changes that the budget of a later year takes over, in order of recording: carry-outs and their corrections. */
  readonly handedOn: readonly HandedOn[];
  /** The changes that take over one of an earlier year, by the id of that one. */
  readonly takenOver: Map<string, TakenOver>;
}

export interface HandedOn {
  readonly changeId: string;
  readonly position: bigint;
  readonly revision: bigint;
  readonly toFiscalYear: number;
}

export interface TakenOver {
  readonly changeId: string;
  readonly position: bigint;
}

export const NO_CARRY_OVERS: CarryOvers = { handedOn: [], takenOver: Map<string, TakenOver>() };

/** `corrected`: the fact that the event restates, if it is a correction. */
export function withCarryOver(
  carryOvers: CarryOvers,
  event: BudgetEvent,
  corrected: BudgetFact | undefined,
): CarryOvers {
  const { id: changeId, position, revision } = event;
  const link = linkOf(event, corrected);
  if (link === undefined) return carryOvers;
  if (link.kind === 'takesOver') {
    return { ...carryOvers, takenOver: carryOvers.takenOver.set(link.changeId, { changeId, position }) };
  }
  const { toFiscalYear } = link;
  return { ...carryOvers, handedOn: [...carryOvers.handedOn, { changeId, position, revision, toFiscalYear }] };
}

/** What connects a change with one of another year's budget. */
type Link =
  | { readonly kind: 'isHandedOn'; readonly toFiscalYear: number }
  /** `changeId`: the change of the earlier year. */
  | { readonly kind: 'takesOver'; readonly fromFiscalYear: number; readonly changeId: string };

export function linkOf(event: BudgetEvent, corrected: BudgetFact | undefined): Link | undefined {
  if (event.type === 'BudgetCarriedOut') return { kind: 'isHandedOn', toFiscalYear: event.data.toFiscalYear };
  if (event.type === 'BudgetCarriedIn') {
    const { fromFiscalYear, carryOut } = event.data;
    return { kind: 'takesOver', fromFiscalYear, changeId: carryOut };
  }
  if (event.type !== 'BudgetFactCorrected' || corrected?.counterpart === undefined) return undefined;
  const { fiscalYear } = corrected.counterpart;
  const { follows } = event.data;
  return follows === undefined
    ? { kind: 'isHandedOn', toFiscalYear: fiscalYear }
    : { kind: 'takesOver', fromFiscalYear: fiscalYear, changeId: follows };
}
