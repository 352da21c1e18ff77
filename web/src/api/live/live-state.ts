import { isRefusedForEver } from '../../../../client/src/failure';
import { Failure } from '../failure';

/** What a reader of the feed has to know about its connection. */
export type LiveState =
  | { readonly kind: 'CONNECTING' }
  /** Connected: what was on record before is still being read. */
  | { readonly kind: 'CATCHING_UP' }
  | { readonly kind: 'LIVE' }
  /** The connection was lost. It is tried again by itself, after the last position. */
  | { readonly kind: 'WAITING'; readonly failure: Failure }
  /** The server refuses this feed: trying again is of no use. */
  | { readonly kind: 'STOPPED'; readonly failure: Failure };

/** Whether a feed that ended with this failure may go on later. */
export const mayGoOn = ({ code }: Failure): boolean => !isRefusedForEver(code);
