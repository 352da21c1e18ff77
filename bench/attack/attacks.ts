import { Client } from '../soak/client';
import { abandonedBodies, slowBody, slowHeaders } from './raw-attacks';
import { documents } from './document-attacks';
import { entries } from './entry-attacks';
import { floods } from './flood-attacks';

/** One attack on a running server. */
export interface Attack {
  readonly name: string;
  /** What the server may answer: codes of errors, statuses, close codes. `accepted` if it may answer the request. */
  readonly expected: RegExp;
  /** Ends by itself within seconds. Resolves to what the server answered, in one word or two. */
  readonly run: (client: Client) => Promise<string>;
}

export const ATTACKS: readonly Attack[] = [...documents, slowHeaders, slowBody, abandonedBodies, ...floods, ...entries];
