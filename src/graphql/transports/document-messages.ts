import { RawData } from 'ws';

/** The names under which a message names its document by a hash. */
const NAMED = ['"documentId"', '"persistedQuery"'];

/**
 * The message with an empty document, if it names its document by a hash and has none: the protocol of graphql-ws has a document in
 * every operation. Other messages are not parsed.
 */
export function withQuery(data: RawData): RawData {
  if (!Buffer.isBuffer(data) || !NAMED.some((name) => data.includes(name))) return data;
  try {
    const message = JSON.parse(data.toString()) as { readonly payload?: { readonly query?: unknown } | null };
    if (typeof message.payload !== 'object' || message.payload === null || 'query' in message.payload) return data;
    return Buffer.from(JSON.stringify({ ...message, payload: { ...message.payload, query: '' } }));
  } catch {
    return data;
  }
}
