import { Config } from './config';

/** A demo has no real persons. */
const OF_THE_DEMO = 'mingjian-demo';

/**
 * The key of the pseudonyms of persons. The secret of the tokens may be used for both: what is signed in a token is never what a
 * pseudonym is made from. undefined if neither is configured.
 */
export const pseudonymKeyOf = ({ demo, auth }: Pick<Config, 'demo' | 'auth'>): string | undefined =>
  demo ? OF_THE_DEMO : (auth.pseudonymKey ?? auth.secret);
