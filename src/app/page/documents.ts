import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ListedDocument, readManifest } from '../../graphql/trusted-documents/manifest';
import { BUILT_PAGE } from './files';

/** The documents that the page sends; none if it has not been built. */
export function pageDocuments(): readonly ListedDocument[] {
  const file = path.join(BUILT_PAGE, 'documents.json');
  return existsSync(file) ? readManifest(readFileSync(file, 'utf8')) : [];
}
