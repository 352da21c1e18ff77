import { Config } from '../config';
import { DemoAccess } from '../demo';

/** How people sign in, as the page asks for it. */
export interface PageSettings {
  /** The people of the demo; undefined outside demo mode. */
  readonly people?: readonly { readonly sub: string; readonly name: string; readonly token: string }[];
  readonly openId?: OpenIdClient;
}

export interface OpenIdClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** The audience of the tokens (RFC 8707). */
  readonly resource?: string;
}

/** In demo mode the demo issues the tokens, so there is no identity provider. */
export const pageSettings = (demo: DemoAccess | undefined, openId: OpenIdClient | undefined): PageSettings =>
  demo === undefined ? { openId } : { people: Object.values(demo.tokens) };

/** The client that the identity provider knows the page as; undefined: people paste their tokens. */
export function configuredOpenId({ page, auth }: Pick<Config, 'page' | 'auth'>): OpenIdClient | undefined {
  const { clientId, scope } = page;
  const { issuer, audience } = auth;
  if (clientId === undefined || issuer === undefined) return undefined;
  // Of another audience than an address, RFC 8707 has no way to ask for it.
  const resource = audience !== undefined && URL.canParse(audience) ? audience : undefined;
  return { issuer, clientId, scope, resource };
}
