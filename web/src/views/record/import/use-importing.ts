import { useRef, useState } from 'preact/hooks';
import { refresh } from '../../../api/connection';
import { Importing, ImportingEvent, nextImporting } from './importing';
import { ImportOrder, sendFile } from './send-file';

export interface ImportForm {
  readonly importing: Importing<ImportOrder>;
  readonly change: () => void;
  readonly rehearse: (order: ImportOrder) => void;
  readonly record: () => void;
}

export function useImporting(): ImportForm {
  const [shown, setShown] = useState<Importing<ImportOrder>>({ step: 'CHOOSING' });
  // A second click comes before the page is drawn again.
  const current = useRef(shown);
  const go = (event: ImportingEvent<ImportOrder>): Importing<ImportOrder> | undefined => {
    const next = nextImporting(current.current, event);
    if (next === current.current) return undefined;
    current.current = next;
    setShown(next);
    return next;
  };
  const send = async (order: ImportOrder, isDryRun: boolean): Promise<void> => {
    const next = go({ type: 'ANSWER', order, answer: await sendFile(order, isDryRun) });
    // What is on screen is older than the facts.
    if (next?.step === 'RECORDED' && next.answer.ok) refresh();
  };
  return {
    importing: shown,
    change: () => void go({ type: 'CHANGE' }),
    rehearse(order) {
      const next = go({ type: 'REHEARSE', order });
      if (next?.step === 'REHEARSING') void send(order, true);
    },
    record() {
      const next = go({ type: 'RECORD' });
      if (next?.step === 'RECORDING') void send(next.order, false);
    },
  };
}
