import { signal } from '@preact/signals';
import { keptInTab } from '../storage/storage';
import { Returned, signOutAt } from './open-id';
import { readSettings, settings } from './settings';
import { acceptToken, signOut } from './token';

/** What the provider said when this tab signed in there; empty: nothing, but it was there. */
const KEY = 'mingjian.id-token';

/** Why the session at the identity provider goes on though the person has signed out here; undefined: it does not, as far as is known. */
export const leftOpen = signal<string | undefined>(undefined);

/** Signs in with what the identity provider has answered. */
export function acceptFromProvider({ token, idToken = '' }: Returned): void {
  keptInTab.set(KEY, idToken);
  acceptToken(token);
}

/** Signs out, at the identity provider too if the person has signed in there: else the next person would be let in as the same one. */
export async function leave(): Promise<void> {
  const idToken = keptInTab.get(KEY);
  keptInTab.remove(KEY);
  leftOpen.value = undefined;
  signOut();
  if (idToken === undefined) return;
  try {
    if (settings.peek() === undefined) await readSettings();
    const client = settings.peek()?.openId;
    if (client !== undefined) await signOutAt(client, idToken === '' ? undefined : idToken);
  } catch (error) {
    leftOpen.value = error instanceof Error ? error.message : String(error);
  }
}
