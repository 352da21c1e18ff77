import { batch, computed, signal } from '@preact/signals';
import { ask } from '../api/ask';
import { refreshes } from '../api/connection';
import { Failure, isSignedOut } from '../api/failure';
import { SessionDocument, SessionQuery } from '../generated/documents';
import { isNow } from '../moment/moment';
import { moment } from '../routing/router';
import { isDemo, timeZone } from './ledger';
import { hasExpired, signOut, token } from './token';

export type Viewer = NonNullable<SessionQuery['viewer']>;

/** Who is signed in, and what that person may do; undefined until the server has said so. */
export const viewer = signal<Viewer | undefined>(undefined);
export const viewerFailure = signal<Failure | undefined>(undefined);

const sessions = computed(() => ({ asked: token.value, round: refreshes.value }));

let asking: AbortController | undefined;

sessions.subscribe(({ asked }) => {
  asking?.abort();
  if (asked === undefined) {
    viewer.value = undefined;
    viewerFailure.value = undefined;
    return;
  }
  const controller = new AbortController();
  asking = controller;
  void ask(SessionDocument, {}, controller.signal).then((answer) => {
    if (controller.signal.aborted) return;
    batch(() => {
      viewerFailure.value = answer.ok ? undefined : answer.failure;
      if (answer.ok) {
        const { viewer: person, ledger } = answer.data;
        timeZone.value = ledger.timeZone;
        isDemo.value = ledger.demo;
        viewer.value = person ?? undefined;
        hasExpired.value = false;
      } else if (isSignedOut(answer.failure) && viewer.peek() === undefined) {
        // A token that has never worked is of no use.
        signOut();
      }
    });
  });
});

/** Whether to show what performs a mutation: only if the present is shown, and the person may perform it. */
export const mayPerform = (command: string): boolean =>
  isNow(moment.value) && viewer.value?.commands.includes(command) === true;

/** Whether a department is among those that the person may write in: codes, prefixes that end in *, or * for all. */
export const mayWriteIn = (department: string): boolean =>
  viewer.value?.writeDepartments.some((pattern) =>
    pattern.endsWith('*') ? department.startsWith(pattern.slice(0, -1)) : pattern === department,
  ) === true;

export const isSignedIn = computed(() => token.value !== undefined && viewer.value !== undefined);
