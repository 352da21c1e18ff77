export { pauseBefore } from '../../../../client/src/follow/backoff';
