import { GraphQLError, TokenKind } from 'graphql';
import { Limits } from '../../kernel/limits';
import { limitError } from '../errors';
import { Guard, PASSED } from './guard';
import { documentOf } from './request';

/** Refuses a document with a long name before it is validated: messages repeat names, and rules compare them. */
export const requireShortNames =
  ({ maxIdentifierLength }: Limits): Guard =>
  (request) => {
    const problem = (): GraphQLError[] => [
      limitError('maxIdentifierLength', `A name in a document has at most ${maxIdentifierLength} characters`),
    ];
    if ((request.operationName?.length ?? 0) > maxIdentifierLength) return problem();
    // The parser keeps the tokens of a document in a list.
    for (let token = documentOf(request).loc?.startToken; token; token = token.next ?? undefined)
      if (token.kind === TokenKind.NAME && token.end - token.start > maxIdentifierLength) return problem();
    return PASSED;
  };
