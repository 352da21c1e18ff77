import { TypedDocumentString } from '../generated/documents';
import { noteAnswered, noteUnreachable } from './connection';
import { Answer, answerOf, isRetryable, isSignedOut, Received, unreachable, UNREACHABLE } from './failure';
import { endSession, token } from '../session/token';

const RETRY_AFTER_MS = [300, 1_000, 2_500];

/**
 * Asks the server. A question that an outage refused is asked again a few times. `signal` ends the waiting: the answer is then a
 * failure that nobody reads.
 */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  for (let tries = 0; ; tries++) {
    const answer = await askOnce(document, variables, signal);
    if (answer.ok || signal?.aborted === true) return answer;
    const { failure } = answer;
    if (isSignedOut(failure)) endSession();
    const pause = RETRY_AFTER_MS[tries];
    // Whether the server can be reached again is looked after in one place.
    if (failure.code === UNREACHABLE || !isRetryable(failure) || pause === undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Sends a command once: a command that is sent again needs the same idempotency key, which only the caller has. */
export async function askOnce<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  const sentAs = token.peek();
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(sentAs !== undefined && { authorization: `Bearer ${sentAs}` }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal,
    });
    const received = (await response.json()) as Received<Data>;
    noteAnswered();
    return answerOf(received);
  } catch (error) {
    // A proxy may answer in HTML while the server is restarted.
    if (signal?.aborted !== true) noteUnreachable();
    return unreachable(error instanceof Error ? error.message : String(error));
  }
}
