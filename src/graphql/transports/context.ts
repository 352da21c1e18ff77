import { Caller } from '../../http/caller';
import { Metered } from '../execution/metered-lists';

/** Makes what the resolvers of one operation share. A broken subscription is resumed after `resumeAfter`, if it is given. */
export type MakeContext = (caller: Caller, resumeAfter?: string) => Metered;
