import { TypedDocumentString } from '../generated/documents';
import { noteAnswered, noteUnreachable } from './connection';
import { Answer, answerOf, isRetryable, isSignedOut, Received, unreachable, UNREACHABLE } from './failure';
import { bounded } from './time-bound';
import { noteServerTime } from '../session/ledger';
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
  const sentAs = token.peek();
  for (let tries = 0; ; tries++) {
    const answer = await askOnce(document, variables, signal);
    if (answer.ok || signal?.aborted === true) return answer;
    const { failure } = answer;
    if (isSignedOut(failure)) endSession(sentAs);
    const pause = RETRY_AFTER_MS[tries];
    // Whether the server can be reached again is looked after in one place.
    if (failure.code === UNREACHABLE || !isRetryable(failure) || pause === undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
    // Another person has signed in: the answer would be that person's.
    if (token.peek() !== sentAs) return answer;
  }
}

/** Longer than the server works for one question. A network may also lose an answer without a word. */
const LONGEST_MS = 60_000;

/** Sends a command once: a command that is sent again needs the same idempotency key, which only the caller has. */
export async function askOnce<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  const sentAs = token.peek();
  const bound = bounded(LONGEST_MS, signal);
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(sentAs !== undefined && { authorization: `Bearer ${sentAs}` }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: bound.signal,
    });
    noteServerTime(response.headers.get('date'));
    const text = await response.text();
    const answer = answerOf(JSON.parse(text) as Received<Data>);
    // A proxy may answer for the server, in JSON too.
    if (answer.ok || answer.failure.code !== UNREACHABLE) noteAnswered();
    else noteUnreachable();
    return answer.ok ? { ...answer, size: text.length } : answer;
  } catch (error) {
    // A proxy may answer in HTML while the server is restarted.
    if (signal?.aborted !== true) noteUnreachable();
    return unreachable(error instanceof Error ? error.message : String(error));
  } finally {
    bound.end();
  }
}
