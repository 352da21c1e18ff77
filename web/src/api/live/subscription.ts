import { createClient, NetworkError } from 'graphql-sse';
import { TypedDocumentString } from '../../generated/documents';
import { token } from '../../session/token';
import { answerOf, Failure, Received, unreachable } from '../failure';
import { pacedBody } from './paced-body';

/** The server sends a sign of life every 12 seconds. */
const SILENT_MS = 40_000;

interface Options<Data> {
  readonly onConnected: () => void;
  readonly onData: (data: Data) => void;
  /** Ends the subscription. */
  readonly signal: AbortSignal;
}

/**
 * One connection of a subscription. Resolves when the connection has ended: with the reason if the server said one, with UNREACHABLE
 * if the connection was lost, and with undefined if the server closed it as it should.
 */
export async function subscribe<Data, Variables extends object>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { onConnected, onData, signal }: Options<Data>,
): Promise<Failure | undefined> {
  const connection = new AbortController();
  const end = (): void => {
    connection.abort();
  };
  signal.addEventListener('abort', end, { once: true });
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(end, SILENT_MS);
  };
  const client = createClient({
    url: '/graphql/stream',
    headers: () => authorization(),
    retryAttempts: 0,
    fetchFn: async (address: string, request: RequestInit): Promise<Response> => {
      heard();
      const response = await fetch(address, { ...request, signal: connection.signal });
      heard();
      if (response.ok) onConnected();
      if (!response.ok || response.body === null) return response;
      return new Response(pacedBody(response.body, { onPart: heard }), response);
    },
  });
  try {
    return await new Promise<Failure | undefined>((resolve, reject) => {
      let reason: Failure | undefined;
      const stop = client.subscribe<Data>(
        { query: document.toString(), variables: variables as Record<string, unknown> },
        {
          next(received) {
            const answer = answerOf(received as Received<Data>);
            if (answer.ok) onData(answer.data);
            else reason = answer.failure;
          },
          error: reject,
          complete: () => {
            resolve(reason);
          },
        },
      );
      connection.signal.addEventListener('abort', () => {
        stop();
        resolve(unreachable('The connection was silent').failure);
      });
    });
  } catch (error) {
    return await failureOf(error);
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', end);
    client.dispose();
  }
}

const authorization = (): Record<string, string> => {
  const sentAs = token.peek();
  return sentAs === undefined ? {} : { authorization: `Bearer ${sentAs}` };
};

/** A refusal before the stream begins is an answer in the form of the API. */
async function failureOf(error: unknown): Promise<Failure> {
  const response = error instanceof NetworkError ? (error.response as Response | undefined) : undefined;
  try {
    const answer = response === undefined ? undefined : answerOf((await response.json()) as Received<unknown>);
    if (answer?.ok === false) return answer.failure;
  } catch {
    // A proxy may answer in HTML.
  }
  return unreachable(error instanceof Error ? error.message : String(error)).failure;
}
