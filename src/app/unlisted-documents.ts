import { hashOf } from '../graphql/trusted-documents/manifest';
import { Telemetry } from '../kernel/telemetry';

/** How many different documents are reported. Any caller could make more. */
const MOST_REPORTED = 1_000;

/** Reports each document that was executed although it is not listed, once. */
export function unlistedReporter(telemetry: Telemetry): (text: string) => void {
  const reported = new Set<string>();
  return (text) => {
    if (reported.size === MOST_REPORTED) return;
    const sha256 = hashOf(text);
    if (reported.has(sha256)) return;
    reported.add(sha256);
    telemetry.report({ kind: 'unlisted-document', sha256, characters: text.length });
  };
}
