import { noteAnswered, noteUnreachable } from '../../../api/connection';
import { Answer, isSignedOut, answerOf, Received, unreachable } from '../../../api/failure';
import { endSession, token } from '../../../session/token';
import { ImportReport } from './report';

export interface ImportOrder {
  readonly file: File;
  readonly isDryRun: boolean;
  /** A mapping as JSON text; blank: the file is a form. */
  readonly map: string;
  readonly department: string;
  readonly fiscalYear: string;
}

/** Sends a file. A file that is sent again records only what is not on record yet. */
export async function sendFile(order: ImportOrder): Promise<Answer<ImportReport>> {
  const body = new FormData();
  body.append('dryRun', order.isDryRun ? '1' : '0');
  for (const name of ['map', 'department', 'fiscalYear'] as const) {
    const text = order[name].trim();
    if (text !== '') body.append(name, text);
  }
  body.append('file', order.file);
  const sentAs = token.peek();
  try {
    const response = await fetch('/imports', {
      method: 'POST',
      headers: sentAs === undefined ? {} : { authorization: `Bearer ${sentAs}` },
      body,
    });
    const received: unknown = await response.json();
    noteAnswered();
    if (isReport(received)) return { ok: true, data: received };
    const answer = answerOf(received as Received<ImportReport>);
    if (!answer.ok && isSignedOut(answer.failure)) endSession();
    return answer;
  } catch (error) {
    noteUnreachable();
    return unreachable(error instanceof Error ? error.message : String(error));
  }
}

/** A file that is refused is answered by a report, too. */
const isReport = (received: unknown): received is ImportReport =>
  typeof received === 'object' && received !== null && 'status' in received && 'cells' in received;
