import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { Limits } from '../../kernel/limits';
import { limitError } from '../errors';
import { Guard, PASSED } from './guard';

/** Refuses a document for its length, before it is parsed: an error at its end would be looked up line by line. */
export const requireShortDocument =
  ({ maxDocumentLength }: Limits): Guard =>
  ({ query = '' }) =>
    query.length > maxDocumentLength
      ? [limitError('maxDocumentLength', `A document has at most ${maxDocumentLength} characters`)]
      : PASSED;

/** What is too large about a document, from the error that the parser threw for it; undefined for any other error. */
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
