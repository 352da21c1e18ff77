import { Caller } from '../../http/caller';

/** Makes what the resolvers of one operation share. A broken subscription is resumed after `resumeAfter`, if it is given. */
export type MakeContext = (caller: Caller, resumeAfter?: string) => object;
