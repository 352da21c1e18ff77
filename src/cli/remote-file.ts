import { reasonOf, RemoteError } from './remote-ledger';
import { ServerAccess } from './server-access';

/** LibreOffice may take a minute for a PDF. */
const TIMEOUT_MS = 120_000;

/** A file that a running server makes. Throws `RemoteError`. */
export async function fetchFile({ address, token }: ServerAccess, path: string, signal: AbortSignal): Promise<Buffer> {
  const unanswered = (error: unknown): never => {
    throw new RemoteError(`No answer from ${address}: ${reasonOf(error)}`);
  };
  const response = await fetch(`${address}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch(unanswered);
  const bytes = Buffer.from(await response.arrayBuffer().catch(unanswered));
  if (response.ok) return bytes;
  throw new RemoteError(messageIn(bytes) ?? `The server answers ${response.status}`);
}

/** What the server says in the body of a refusal. */
export function messageIn(bytes: Buffer): string | undefined {
  try {
    const { errors } = JSON.parse(bytes.toString()) as {
      readonly errors?: readonly {
        readonly message?: string;
        readonly extensions?: { readonly violations?: object };
      }[];
    };
    const [first] = errors ?? [];
    const violations = first?.extensions?.violations;
    return first?.message && `${first.message}${violations === undefined ? '' : ` ${JSON.stringify(violations)}`}`;
  } catch {
    return undefined;
  }
}
