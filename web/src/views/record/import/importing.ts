import { Answer } from '../../../api/failure';
import { ImportReport } from './report';

/**
 * How far the import of a file is. What is recorded is what was rehearsed, byte by byte: an answer counts only for the order that it is
 * to, and a change of the order begins anew.
 */
export type Importing<Order> =
  | { readonly step: 'CHOOSING' }
  | { readonly step: 'REHEARSING'; readonly order: Order }
  | { readonly step: 'REHEARSED'; readonly order: Order; readonly answer: Answer<ImportReport> }
  | { readonly step: 'RECORDING'; readonly order: Order; readonly answer: Answer<ImportReport> }
  /** All of it is on record, a part, or nobody knows: the same order may be sent again. */
  | { readonly step: 'RECORDED'; readonly order: Order; readonly answer: Answer<ImportReport> };

export type ImportingEvent<Order> =
  | { readonly type: 'CHANGE' }
  | { readonly type: 'REHEARSE'; readonly order: Order }
  | { readonly type: 'RECORD' }
  /** `order` is what the answer is to. */
  | { readonly type: 'ANSWER'; readonly order: Order; readonly answer: Answer<ImportReport> };

/** An event that does not fit the step, such as the second click of a double click, changes nothing. */
export function nextImporting<Order>(importing: Importing<Order>, event: ImportingEvent<Order>): Importing<Order> {
  switch (event.type) {
    case 'CHANGE':
      return importing.step === 'RECORDING' ? importing : { step: 'CHOOSING' };
    case 'REHEARSE':
      return isSending(importing) ? importing : { step: 'REHEARSING', order: event.order };
    case 'RECORD':
      return mayRecord(importing) ? { step: 'RECORDING', order: importing.order, answer: importing.answer } : importing;
    case 'ANSWER': {
      if (!isSending(importing) || importing.order !== event.order) return importing;
      const step = importing.step === 'REHEARSING' ? 'REHEARSED' : 'RECORDED';
      return { step, order: event.order, answer: event.answer };
    }
  }
}

type Sending<Order> = Extract<Importing<Order>, { readonly step: 'REHEARSING' | 'RECORDING' }>;
type Answered<Order> = Extract<Importing<Order>, { readonly step: 'REHEARSED' | 'RECORDED' }>;

export const isSending = <Order>(importing: Importing<Order>): importing is Sending<Order> =>
  importing.step === 'REHEARSING' || importing.step === 'RECORDING';

/** Whether the order may be recorded: its dry run was right, or a recording of it has left something out. */
export function mayRecord<Order>(importing: Importing<Order>): importing is Answered<Order> {
  if (importing.step === 'REHEARSED') return importing.answer.ok && importing.answer.data.status === 'DRY_RUN';
  if (importing.step !== 'RECORDED') return false;
  return importing.answer.ok ? importing.answer.data.status === 'INCOMPLETE' : isLost(importing);
}

const MAY_BE_RECORDED = new Set(['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'UNAUTHENTICATED']);

/** Whether nobody knows what has been recorded: there was no answer, or one from before a new token. */
export const isLost = <Order>(importing: Importing<Order>): boolean =>
  importing.step === 'RECORDED' && !importing.answer.ok && MAY_BE_RECORDED.has(importing.answer.failure.code);
