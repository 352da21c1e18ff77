import { z } from 'zod';
import { setting } from './setting';

/** How people sign in on the page at /app. */
export const PAGE_SETTINGS = {
  clientId: setting('PAGE_CLIENT_ID', {
    guards: 'access',
    parser: z.string().min(1),
    otherwise: 'people paste a token',
    insteadInDemo: 'the people of the demo',
    meaning:
      'the client as which `AUTH_ISSUER` knows the page: people sign in there (OpenID Connect, authorization code with PKCE, no client secret). See [page.md](page.md#signing-in)',
  }),
  scope: setting('PAGE_SCOPE', {
    parser: z.string().min(1),
    default: 'openid',
    meaning: 'the scopes that the page asks for, separated by spaces; `openid` is one of them',
  }),
};
