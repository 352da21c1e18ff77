import { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { Limits } from './limits';

/**
 * Says LIMIT_EXCEEDED of documents that the parser gave up for their number of tokens (`parseOptions.maxTokens`): 1,000
 * aliases are never validated. To the parser they are one more syntax error.
 */
export const tokenLimit = ({ maxTokens }: Limits): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      parsingDidStart: ({ source }) =>
        Promise.resolve((error?: Error) => {
          if (error instanceof GraphQLError && hasMoreTokens(source, maxTokens)) {
            Object.assign(error.extensions, { code: 'LIMIT_EXCEEDED' });
          }
          return Promise.resolve();
        }),
    }),
});

export function hasMoreTokens(source: Source | string, limit: number): boolean {
  const lexer = new Lexer(typeof source === 'string' ? new Source(source) : source);
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF; count++) if (count === limit) return true;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  return false;
}
