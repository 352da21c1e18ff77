import { APPLY } from './apply-script';
import { MODELS } from './model-scripts';
import { READS } from './read-scripts';

type Argument = string | number;

/**
 * A script as ioredis calls it: the number of its keys, the keys, and the other arguments. Lists among them are flattened;
 * those that may be long have to come as lists, as a call takes only so many arguments.
 */
type Call<Reply> = (keys: number, ...args: readonly (Argument | readonly Argument[])[]) => Promise<Reply>;

export interface Scripts {
  readonly mjApply: Call<readonly [status: 'ok' | 'elsewhere' | 'lost' | 'gap' | 'fenced', detail?: string]>;
  readonly mjVersions: Call<readonly (readonly [string, string[]] | null)[]>;
  readonly mjStates: Call<string>;
  readonly mjRange: Call<readonly (readonly [string, string[]])[]>;
  readonly mjMembers: Call<readonly string[]>;
  readonly mjCheck: Call<'ok'>;
  readonly mjBegin: Call<string>;
  readonly mjAdvance: Call<readonly [status: 'ok' | 'gone' | 'fenced', serving?: string]>;
  readonly mjOpen: Call<number>;
  readonly mjForget: Call<number>;
  readonly mjServe: Call<'ok' | 'gone' | 'behind'>;
}

/** For the option of that name of ioredis, which sends a script once to a server and calls it by its hash from then on. */
export const SCRIPTS: Record<keyof Scripts, { readonly lua: string }> = Object.fromEntries(
  Object.entries({ ...READS, ...MODELS, mjApply: APPLY }).map(([name, lua]) => [name, { lua }]),
) as Record<keyof Scripts, { readonly lua: string }>;
