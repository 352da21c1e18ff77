/** Codes that only this package gives: there was no answer, or it was none of a ledger. */
export const UNREACHABLE = 'UNREACHABLE';

/** The ledger refused, or could not be reached. */
export class MingjianError extends Error {
  override readonly name = 'MingjianError';

  constructor(
    message: string,
    /** A code of docs/api.md, such as `BAD_USER_INPUT`, or `UNREACHABLE`. */
    readonly code: string,
    /** What else the server says, such as `violations`, `rule` or `limit`. */
    readonly extensions: Readonly<Record<string, unknown>> = {},
    /** How long the server asks to wait. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }

  /** Whether the same question may be answered a moment later. A mutation needs its idempotency key to be sent again. */
  get isRetryable(): boolean {
    return this.extensions.retryable === true || this.retryAfterMs !== undefined;
  }
}

export const unreachable = (message: string): MingjianError =>
  new MingjianError(message, UNREACHABLE, { retryable: true });

const FOR_EVER = new Set(['BAD_USER_INPUT', 'AS_OF_IN_FUTURE', 'FORBIDDEN', 'DOCUMENT_NOT_TRUSTED', 'UNAUTHENTICATED']);

/** Whether a feed that ended with this code is refused again, however often it is asked for. */
export const isRefusedForEver = (code: string): boolean => FOR_EVER.has(code);

/** A GraphQL answer, as received. */
export interface Received<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** The data of an answer. Throws its first error: half an answer would show half of the figures. */
export function dataOf<Data>({ data, errors }: Received<Data>, retryAfterMs?: number): Data {
  const [first] = errors ?? [];
  if (first !== undefined) throw errorFrom(first.message, first.extensions, retryAfterMs);
  if (data === undefined || data === null) throw unreachable('The answer has no data');
  return data;
}

function errorFrom(message: string, extensions: Readonly<Record<string, unknown>> = {}, retryAfterMs?: number) {
  const { code, retryAfterSeconds } = extensions;
  const asked = typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1_000 : retryAfterMs;
  return new MingjianError(message, typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR', extensions, asked);
}
