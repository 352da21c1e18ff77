import { OngoingOperation } from '../../http/ongoing-operation';
import { ClosableIterator, mapIterator } from '../../kernel/async';
import { noteErrors } from './described-operation';
import { Reply } from './reply';

/** Ends the operation with its only reply, or with the end of its replies. */
export function reported(
  result: Reply | ClosableIterator<Reply>,
  ongoing: OngoingOperation,
): Reply | ClosableIterator<Reply> {
  if (Symbol.asyncIterator in result) return counted(result, ongoing);
  noteErrors(ongoing, result.result.errors);
  ongoing.end();
  return result;
}

function counted(replies: ClosableIterator<Reply>, ongoing: OngoingOperation): ClosableIterator<Reply> {
  let items = 0;
  ongoing.items = () => items;
  return mapIterator(
    replies,
    (reply) => {
      items++;
      noteErrors(ongoing, reply.result.errors);
      return reply;
    },
    () => {
      ongoing.end();
    },
  );
}
