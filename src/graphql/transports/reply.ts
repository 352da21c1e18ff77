import { GraphQLFormattedError } from 'graphql';

/** What is sent: the result, and its text, which several subscribers may share. */
export interface Reply {
  readonly result: FormattedResult;
  readonly text: string;
  /** A subscriber that resumes after it gets what follows. */
  readonly position?: bigint;
}

export interface FormattedResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}
