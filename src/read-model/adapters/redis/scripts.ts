import { APPLY } from './apply-script';
import { MembersReply } from './codec';
import { MODELS } from './model-scripts';
import { READS } from './read-scripts';

type Argument = string | number;

/**
 * How ioredis calls a script: with the number of its keys, the keys, and the other arguments. Lists are flattened. Arguments
 * that may be many must come as a list, because a call accepts only a limited number of arguments.
 */
type Call<Reply> = (keys: number, ...args: readonly (Argument | readonly Argument[])[]) => Promise<Reply>;

export interface Scripts {
  readonly mjApply: Call<readonly [status: 'ok' | 'elsewhere' | 'lost' | 'gap' | 'fenced', detail?: string]>;
  readonly mjVersions: Call<readonly (readonly [string, string[]] | null)[]>;
  readonly mjStates: Call<string>;
  readonly mjChanges: Call<readonly (readonly [id: string, change: string] | null)[]>;
  readonly mjRange: Call<readonly (readonly [string, string[]])[]>;
  readonly mjMembers: Call<MembersReply>;
  readonly mjCheck: Call<'ok'>;
  readonly mjBegin: Call<string>;
  readonly mjAdvance: Call<readonly [status: 'ok' | 'gone' | 'fenced', serving?: string]>;
  readonly mjOpen: Call<number>;
  readonly mjForget: Call<number>;
  readonly mjPromote: Call<'ok' | 'gone' | 'behind'>;
}

/** For the `scripts` option of ioredis, which sends a script to a server once and then calls it by its hash. */
export const SCRIPTS: Record<keyof Scripts, { readonly lua: string }> = Object.fromEntries(
  Object.entries({ ...READS, ...MODELS, mjApply: APPLY }).map(([name, lua]) => [name, { lua }]),
) as Record<keyof Scripts, { readonly lua: string }>;
