const PATIENCE_MS = 30_000;

/** A server that cannot be reached, or that refuses: told in one line. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

/** The ledger of a running server, asked over HTTP. */
export class RemoteLedger {
  constructor(
    private readonly address: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws `RemoteError` where there is anything but a whole answer. */
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
      // What is no JSON is no answer of Mingjian either.
    }
    throw new RemoteError(`What answers at ${this.address} is no server of Mingjian`);
  }

  private async send(body: string): Promise<string> {
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body,
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    return response.text();
  }
}

/** `fetch` tells why in the cause alone, and of several addresses in the first of its errors. */
export function reasonOf(error: unknown): string {
  const { cause, errors, message } = error as Partial<AggregateError>;
  const inner: unknown = cause ?? errors?.[0];
  return inner === undefined ? (message ?? String(error)) : reasonOf(inner);
}
