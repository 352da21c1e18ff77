/** A caller of the server over HTTP. */
export interface Client {
  readonly address: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly data?: any;
  /** The codes of the errors. */
  readonly codes: readonly string[];
}

export async function ask({ address, token }: Client, body: object | string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  });
  const { data, errors = [] } = (await response.json()) as {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  return { status: response.status, data, codes: errors.map(({ extensions }) => extensions?.code ?? 'no code') };
}

/** The data of an answer without errors. */
export async function askWithoutErrors(client: Client, body: object): Promise<any> {
  const { status, data, codes } = await ask(client, body);
  if (status !== 200 || codes.length > 0) throw new Error(`${status} ${codes.join(', ')}: ${JSON.stringify(body)}`);
  return data;
}
