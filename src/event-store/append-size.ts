import { storableJson } from '../kernel/json';
import { NewEvent } from './envelope';

/** How many bytes of an append the event has: data and metadata as JSON in UTF-8, and its type in UTF-16. */
export const appendedBytes = ({ type, data, metadata }: NewEvent): number =>
  2 * type.length + Buffer.byteLength(storableJson(data)) + Buffer.byteLength(storableJson(metadata));
