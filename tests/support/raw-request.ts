import { once } from 'node:events';
import { IncomingHttpHeaders, IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface RawRequest {
  readonly method?: string;
  /** Each character is one byte, as in headers. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends bytes that `fetch` would not send. Neither follows redirects nor decodes the response. */
export async function sendRaw(url: string, { path, method = 'GET', headers, body }: RawRequest): Promise<RawAnswer> {
  const outgoing = request(url, { method, path, headers, agent: false });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await buffer(incoming) };
}

export const jsonOf = ({ body }: RawAnswer): any => JSON.parse(body.toString());
