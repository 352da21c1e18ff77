import { DocumentNode, TokenKind } from 'graphql';
import { Limits } from '../../kernel/limits';
import { limitError } from '../errors';
import { Guard, PASSED } from './guard';
import { documentOf } from './request';

/** Refuses a document with a long name before it is validated: messages repeat names, and rules compare them. */
export function requireShortNames({ maxIdentifierLength }: Limits): Guard {
  const passed = new WeakSet<DocumentNode>();
  const isShort = (document: DocumentNode): boolean => {
    if (passed.has(document)) return true;
    // The parser keeps the tokens of a document in a list.
    for (let token = document.loc?.startToken; token; token = token.next ?? undefined)
      if (token.kind === TokenKind.NAME && token.end - token.start > maxIdentifierLength) return false;
    passed.add(document);
    return true;
  };
  return (request) =>
    (request.operationName?.length ?? 0) <= maxIdentifierLength && isShort(documentOf(request))
      ? PASSED
      : [limitError('maxIdentifierLength', `A name in a document has at most ${maxIdentifierLength} characters`)];
}
