/** Why a question has no answer. */
export interface Failure {
  /** The server's code (docs/api.md), or UNREACHABLE if there was no answer at all. */
  readonly code: string;
  readonly message: string;
  /** What the server says besides, such as the limit that was exceeded. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

export type Answer<Data> =
  /** `size`: the characters of the answer as it came. */
  | { readonly ok: true; readonly data: Data; readonly size?: number }
  | { readonly ok: false; readonly failure: Failure };

export const UNREACHABLE = 'UNREACHABLE';

/** The token has expired, or the server does not accept it. */
export const isSignedOut = ({ code }: Failure): boolean => code === 'UNAUTHENTICATED';

/** The same question may be answered a moment later. */
export const isRetryable = ({ extensions }: Failure): boolean => extensions.retryable === true;

interface ReceivedError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface Received<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly ReceivedError[];
}

/** The answer that a GraphQL response carries. The first error counts: half an answer would show half of the figures. */
export function answerOf<Data>({ data, errors }: Received<Data>): Answer<Data> {
  const [first] = Array.isArray(errors) ? (errors as readonly ReceivedError[]) : [];
  if (first !== undefined) return { ok: false, failure: failureOf(first) };
  if (data === undefined || data === null) return unreachable('The server answered nothing');
  return { ok: true, data };
}

function failureOf({ message, extensions = {} }: ReceivedError): Failure {
  const { code } = extensions;
  return { code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR', message, extensions };
}

export const unreachable = (message: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { code: UNREACHABLE, message, extensions: { retryable: true } },
});
