import { ChangeFactsFragment } from '../generated/documents';
import { say } from '../language/say';
import { isWebAddress } from '../routing/web-address';
import { BLAME_TEXTS } from './texts';

/** The documents that prove a change. An address that a browser cannot open is shown as it is. */
export function EvidenceLinks({ evidence }: Pick<ChangeFactsFragment, 'evidence'>) {
  if (evidence.length === 0) return <>{say(BLAME_TEXTS.none)}</>;
  return (
    <ul class="evidence">
      {evidence.map(({ uri, title, sha256 }) => (
        <li key={uri}>
          {isWebAddress(uri) ? (
            <a href={uri} title={uri} target="_blank" rel="noopener noreferrer">
              {title ?? uri}
            </a>
          ) : (
            <span>{title === null ? uri : `${title} (${uri})`}</span>
          )}
          {sha256 !== null && (
            <>
              {' '}
              <code class="hash">SHA-256 {sha256}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
