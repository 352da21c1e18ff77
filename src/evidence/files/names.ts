import { OrderedEvent } from './evidence-file';

/** What messages call an entity: `budget 441300-DSJ.2023`. */
export const entityName = (stream: string, prefix: string): string =>
  (stream.startsWith(prefix) ? stream.slice(prefix.length) : stream).replace('-', ' ');

/** Events of an entity are counted from 1. */
export const eventName = ({ event }: OrderedEvent, prefix: string): string =>
  `event ${event.revision + 1n} of ${entityName(event.stream, prefix)} (${event.type}, position ${event.position})`;
