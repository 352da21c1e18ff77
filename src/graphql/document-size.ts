import { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { LimitName, Limits } from '../kernel/limits';
import { limitExceeded } from './errors';

/**
 * Says LIMIT_EXCEEDED of documents that the parser gave up for their size (`parseOptions.maxTokens`): 1,000 aliases are never
 * validated. To Apollo they are one more syntax error.
 */
export const documentSize = ({ maxTokens }: Limits): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      parsingDidStart: ({ source }) =>
        Promise.resolve((error?: Error) => {
          const message = sizeProblem(error, source, maxTokens);
          if (message !== undefined)
            Object.assign(error as Error, {
              message,
              extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxTokens' satisfies LimitName },
            });
          return Promise.resolve();
        }),
    }),
});

/** Refuses a document for its length, before it is parsed: an error at its end would be looked up line by line. */
export function requireShort(source: unknown, { maxDocumentLength }: Limits): void {
  if (typeof source === 'string' && source.length > maxDocumentLength)
    throw limitExceeded('maxDocumentLength', `A document has at most ${maxDocumentLength} characters`);
}

/** What is too large about a document that the parser threw the error for; undefined where it gave it up for something else. */
export function sizeProblem(error: unknown, source: string, maxTokens: number): string | undefined {
  // The parser goes down by recursion, and a document within the limit of tokens can be as deep as it is long.
  if (error instanceof RangeError) return 'The document is nested too deeply';
  const tooLong = error instanceof GraphQLError && hasMoreTokens(source, maxTokens);
  return tooLong ? `A document has at most ${maxTokens} tokens` : undefined;
}

function hasMoreTokens(source: string, limit: number): boolean {
  const lexer = new Lexer(new Source(source));
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF; count++) if (count === limit) return true;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  return false;
}
