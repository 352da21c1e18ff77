const TIMEOUT_MS = 30_000;

/** A server cannot be reached, or refuses. The message has one line. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

/** The ledger of a running server, over HTTP. */
export class RemoteLedger {
  constructor(
    private readonly address: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws `RemoteError` unless the answer is complete. */
  async ask<Data>(query: string, variables: object): Promise<Data> {
    const { data, errors = [] } = await this.post(JSON.stringify({ query, variables }));
    if (errors.length > 0) throw new RemoteError(errors.map(({ message }) => message).join('; '));
    return data as Data;
  }

  private async post(body: string): Promise<Answer> {
    const text = await this.send(body).catch((error: unknown) => {
      throw new RemoteError(`No answer from ${this.address}: ${reasonOf(error)}`);
    });
    try {
      const answer = JSON.parse(text) as Answer | null;
      if (answer?.data !== undefined || Array.isArray(answer?.errors)) return answer;
    } catch {
      // An answer that is not JSON does not come from Mingjian.
    }
    throw new RemoteError(`The server at ${this.address} is not a Mingjian server`);
  }

  private async send(body: string): Promise<string> {
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body,
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return response.text();
  }
}

/** `fetch` gives the reason only in the cause. For several addresses, it is in the first of the errors. */
export function reasonOf(error: unknown): string {
  const { cause, errors, message } = error as Partial<AggregateError>;
  const inner: unknown = cause ?? errors?.[0];
  return inner === undefined ? (message ?? String(error)) : reasonOf(inner);
}
