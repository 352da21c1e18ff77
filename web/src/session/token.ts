import { effect, signal } from '@preact/signals';
import { refresh } from '../api/connection';
import { keptInTab } from '../storage/storage';

const KEY = 'mingjian.token';

/** The bearer token. It is only in memory, and kept in this tab for a reload. */
export const token = signal(keptInTab.get(KEY));
/** Whether the server has refused a token that it accepted before. */
export const hasExpired = signal(false);

effect(() => {
  if (token.value === undefined) keptInTab.remove(KEY);
  else keptInTab.set(KEY, token.value);
});

/** What has expired is over when the server has said whose the new token is: until then nobody sees what is on screen as his own. */
export function acceptToken(accepted: string): void {
  // What was refused is asked again, also if it is the same token.
  if (token.peek() === accepted) refresh();
  token.value = accepted;
}

/**
 * The server does not accept the token that a question was sent with. What is on screen stays, until the person has signed in again or
 * leaves. The refusal of an earlier token says nothing about the one of now.
 */
export function endSession(sentAs: string | undefined): void {
  if (sentAs !== undefined && token.peek() === sentAs) hasExpired.value = true;
}

export function signOut(): void {
  hasExpired.value = false;
  token.value = undefined;
}
