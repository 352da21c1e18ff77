import { answerOf, Failure, isSignedOut, Received, unreachable } from '../../api/failure';
import { noteAnswered, noteUnreachable } from '../../api/connection';
import { endSession, token } from '../../session/token';
import { download } from '../../table/download';

/** Has the browser save a file that only the person's token may get. Resolves with what went wrong, if anything did. */
export async function getFile(address: string, name: string): Promise<Failure | undefined> {
  const sentAs = token.peek();
  try {
    const response = await fetch(address, {
      headers: sentAs === undefined ? {} : { authorization: `Bearer ${sentAs}` },
    });
    noteAnswered();
    if (response.ok) {
      const file = await response.blob();
      download(name, file, file.type);
      return undefined;
    }
    const answer = answerOf((await response.json()) as Received<never>);
    if (answer.ok) return unreachable(`status ${response.status}`).failure;
    if (isSignedOut(answer.failure)) endSession(sentAs);
    return answer.failure;
  } catch (error) {
    noteUnreachable();
    return unreachable(error instanceof Error ? error.message : String(error)).failure;
  }
}
