import { signal } from '@preact/signals';

/** How people sign in, as the server says. */
export interface PageSettings {
  /** The people of the demo. */
  readonly people?: readonly DemoPerson[];
  readonly openId?: OpenIdClient;
}

export interface DemoPerson {
  readonly sub: string;
  readonly name: string;
  readonly token: string;
}

export interface OpenIdClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  readonly resource?: string;
}

/** undefined until the server has answered. */
export const settings = signal<PageSettings | undefined>(undefined);

export async function readSettings(): Promise<void> {
  const response = await fetch('/app/settings.json', { cache: 'no-store' });
  settings.value = (await response.json()) as PageSettings;
}
