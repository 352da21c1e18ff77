import { FastifyBaseLogger } from 'fastify';
import { hashOf } from '../graphql/trusted-documents/manifest';

/** How many different documents are reported. Any caller could make more. */
const MOST_REPORTED = 1_000;

/** Logs each document that was executed although it is not listed, once, by its hash: the text may have names and amounts. */
export function unlistedReporter(logger: Pick<FastifyBaseLogger, 'warn'>): (text: string) => void {
  const reported = new Set<string>();
  return (text) => {
    if (reported.size === MOST_REPORTED) return;
    const sha256 = hashOf(text);
    if (reported.has(sha256)) return;
    reported.add(sha256);
    logger.warn({ sha256, characters: text.length }, 'a document was executed that is not in TRUSTED_DOCUMENTS');
  };
}
