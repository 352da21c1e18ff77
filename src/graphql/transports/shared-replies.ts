import { createHash } from 'node:crypto';
import { DocumentNode, Kind, OperationDefinitionNode, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import { FeedItem } from '../../change-feed/feed';
import { andThen, Awaitable } from '../../kernel/async';
import { declaredVariables } from '../execution/declared-variables';
import { Variables } from '../execution/request';
import { Reply } from './reply';

/** How many replies are kept for the next subscriber: subscribers that keep up are near each other in the log. */
const KEPT = 2_000;
/** A longer reply is not kept. */
const LONGEST_KEPT = 16_384;

/** What one subscription selects of an item, and what its caller sees. Subscriptions for which both are the same have the same selection. */
export type Selection = string;

/** Replies for the items of subscriptions: each is made once for all subscribers that select the same. */
export class SharedReplies {
  private readonly kept = new LRUCache<string, Reply | Promise<Reply>>({ max: KEPT });
  private readonly keys = new WeakMap<DocumentNode, string>();
  private nextKey = 0;

  once(item: FeedItem, selection: Selection, make: () => Awaitable<Reply>): Awaitable<Reply> {
    // Each subscriber has marks of its own.
    if (item.kind !== 'CHANGE') return make();
    // The position would be enough if nobody ever restored the log to an earlier state.
    const { position, id } = item.change.event;
    const key = `${String(position)} ${id} ${selection}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const made = andThen(make(), (reply) => {
      if (reply.text.length > LONGEST_KEPT || reply.result.errors !== undefined) this.kept.delete(key);
      else this.kept.set(key, reply);
      return reply;
    });
    if (made instanceof Promise) this.kept.set(key, made);
    return made;
  }

  /** Variables count only if they are used below the root field. */
  selectionOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
    sight: string,
  ): Selection {
    let key = this.keys.get(document);
    if (key === undefined) this.keys.set(document, (key = String(this.nextKey++)));
    const values = usesVariablesBelow(document, operation) ? digest(declaredVariables(operation, variables)) : '';
    return `${key} ${operation.name?.value ?? ''} ${values} ${sight}`;
  }
}

/** Variables may be as long as a request, and they are in the key of every item. */
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

function usesVariablesBelow(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  let found = false;
  const look = { Variable: () => void (found = true) };
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind === Kind.FIELD && selection.selectionSet !== undefined) visit(selection.selectionSet, look);
    else if (selection.kind !== Kind.FIELD) visit(selection, look);
  }
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition, look);
  return found;
}
