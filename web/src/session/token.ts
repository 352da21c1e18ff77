import { effect, signal } from '@preact/signals';
import { refresh } from '../api/connection';

const KEY = 'mingjian.token';

/** The bearer token. It is only in memory, and in this tab's sessionStorage for a reload. */
export const token = signal(sessionStorage.getItem(KEY) ?? undefined);
/** Whether the server has refused a token that it accepted before. */
export const hasExpired = signal(false);

effect(() => {
  if (token.value === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token.value);
});

export function acceptToken(accepted: string): void {
  hasExpired.value = false;
  // What was refused is asked again, also if it is the same token.
  if (token.peek() === accepted) refresh();
  token.value = accepted;
}

/** The server does not accept the token any more. What is on screen stays, until the person has signed in again or leaves. */
export function endSession(): void {
  if (token.peek() === undefined) return;
  hasExpired.value = true;
}

export function signOut(): void {
  hasExpired.value = false;
  token.value = undefined;
}
