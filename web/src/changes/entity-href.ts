import type { EntityType } from '../generated/documents';
import { hrefOf } from '../routing/router';

/** Where the page shows an entity. */
export const entityHref = (type: EntityType, code: string): string =>
  type === 'PROPOSAL' ? hrefOf('proposals', [code]) : hrefOf('history', [type, code]);
