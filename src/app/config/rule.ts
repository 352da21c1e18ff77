import { Config } from './settings';

/** What settings must fulfil together. */
export interface Rule {
  /** The variable that a violation names. */
  readonly variable: string;
  readonly expected: string;
  /** Only a server needs it: a command-line tool neither listens nor receives tokens. */
  readonly onlyServer?: boolean;
  readonly holds: (config: Config) => boolean;
}
