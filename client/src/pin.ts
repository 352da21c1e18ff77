import { type AsOf, NOW, pinned } from './as-of.ts';
import { ask, type AskOptions } from './ask.ts';
import { MingjianError } from './failure.ts';
import type { PinQuery, PinQueryVariables } from './generated/api.ts';
import type { Server } from './server.ts';
import type { TypedDocument } from './typed-document.ts';

const PIN: TypedDocument<PinQuery, PinQueryVariables> = `query Pin($at: AsOfInput!) {
  asOf(at: $at) { position knownAt effectiveAt }
}`;

/**
 * The same moment by its position. Give it to everything that a screen or a report shows, so that it all belongs together, and may be
 * kept for ever.
 */
export async function pin(server: Server, at: AsOf = NOW, options?: AskOptions): Promise<AsOf> {
  const { asOf } = await ask(server, PIN, { at }, options);
  if (asOf === null) throw new MingjianError('The ledger answered no snapshot', 'INTERNAL_SERVER_ERROR');
  return pinned(asOf);
}
