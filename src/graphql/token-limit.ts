import { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { limitExceeded, Limits } from './limits';

/** Refuses documents of too many tokens before they are parsed: 1,000 aliases cost nothing. */
export const tokenLimit = ({ maxTokens }: Limits): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveSource: ({ source }) => {
        // A token has a character at least, so short documents need no count.
        if (source.length > maxTokens && hasMoreTokens(source, maxTokens)) {
          throw limitExceeded(`A document has at most ${maxTokens} tokens`);
        }
        return Promise.resolve();
      },
    }),
});

function hasMoreTokens(source: string, limit: number): boolean {
  const lexer = new Lexer(new Source(source));
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF; count++) if (count === limit) return true;
  } catch (error) {
    // What is no token is the parser's to report.
    if (error instanceof GraphQLError) return false;
    throw error;
  }
  return false;
}
