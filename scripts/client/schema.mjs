// Puts schema.graphql into the client package, before it is packed: users generate the types of their own documents from it.
import { copyFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
copyFileSync(new URL('schema.graphql', root), new URL('client/schema.graphql', root));
