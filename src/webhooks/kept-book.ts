import { z } from 'zod';
import { KnownEvent } from '../event-store/known-event';
import { Attempt, Count, Filter, Hash, inJson, Position, Subscriber, Text, Time } from './values';
import { STATUSES, STOP_REASONS, Webhook } from './webhook';

/** What the record says of the webhooks up to one of its events. */
export interface KeptBook {
  readonly through: KnownEvent;
  readonly webhooks: readonly Webhook[];
}

/** Keeps a book from one start to the next. It may lose it: the book is made of the record. */
export interface BookKeeper {
  /** undefined if there is none that this program can use. */
  load(): KeptBook | undefined;
  keep(book: KeptBook): void;
}

/** Raise it if the same facts give other webhooks, or the same webhooks another text. A book in another format is not used. */
const FORMAT = 1;

const MEMBERS = {
  code: Text,
  url: Text,
  filter: Filter,
  subscriber: Subscriber,
  subscribedAt: Time,
  status: z.enum(STATUSES),
  stopReason: z.enum(STOP_REASONS).optional(),
  secretHash: Hash,
  previousSecret: z.object({ hash: Hash, until: Time }).optional(),
  run: Text,
  position: Position,
  mark: Text.optional(),
  failures: Count,
  lastAttempt: Attempt.optional(),
  attempts: z.array(Attempt).readonly(),
} satisfies { readonly [Name in keyof Required<Webhook>]: z.ZodType<Webhook[Name]> };

const Book = z.object({
  format: z.literal(FORMAT),
  through: z.object({ id: Text, stream: Text, revision: Position, position: Position }),
  webhooks: z.array(z.object(MEMBERS)),
});

export const textOfBook = (book: KeptBook): string => JSON.stringify(inJson({ format: FORMAT, ...book }));

/** undefined if the text is in another format. Throws `SyntaxError` if it is no JSON. */
export function readBook(text: string): KeptBook | undefined {
  const parsed = Book.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
