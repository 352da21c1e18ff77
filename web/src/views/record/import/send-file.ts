import { noteAnswered, noteUnreachable } from '../../../api/connection';
import { Answer, isSignedOut, answerOf, Received, unreachable, UNREACHABLE } from '../../../api/failure';
import { bounded } from '../../../api/time-bound';
import { endSession, token } from '../../../session/token';
import { ImportReport } from './report';

export interface ImportOrder {
  readonly file: File;
  /** A mapping as JSON text; blank: the file is a form. */
  readonly map: string;
  readonly department: string;
  readonly fiscalYear: string;
}

/** A file of thousands of facts takes a while. */
const LONGEST_MS = 300_000;

/** Sends a file. A file that is sent again records only what is not on record yet. */
export async function sendFile(order: ImportOrder, isDryRun: boolean): Promise<Answer<ImportReport>> {
  const body = new FormData();
  body.append('dryRun', isDryRun ? '1' : '0');
  for (const name of ['map', 'department', 'fiscalYear'] as const) {
    const text = order[name].trim();
    if (text !== '') body.append(name, text);
  }
  body.append('file', order.file);
  const sentAs = token.peek();
  const bound = bounded(LONGEST_MS);
  try {
    const response = await fetch('/imports', {
      method: 'POST',
      headers: sentAs === undefined ? {} : { authorization: `Bearer ${sentAs}` },
      body,
      signal: bound.signal,
    });
    const received: unknown = await response.json();
    const answer: Answer<ImportReport> = isReport(received)
      ? { ok: true, data: received }
      : answerOf(received as Received<ImportReport>);
    if (answer.ok || answer.failure.code !== UNREACHABLE) noteAnswered();
    else noteUnreachable();
    if (!answer.ok && isSignedOut(answer.failure)) endSession(sentAs);
    return answer;
  } catch (error) {
    noteUnreachable();
    return unreachable(error instanceof Error ? error.message : String(error));
  } finally {
    bound.end();
  }
}

/** A file that is refused is answered by a report, too. */
const isReport = (received: unknown): received is ImportReport =>
  typeof received === 'object' && received !== null && 'status' in received && 'cells' in received;
