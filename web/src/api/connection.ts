import { signal } from '@preact/signals';
import { bounded } from './time-bound';

/** Whether the server answers. While it does not, the page looks again and again. */
export const isReachable = signal(true);
/** Grows when the server can be reached again, and when everything that is shown has to be asked again. */
export const refreshes = signal(0);

const LOOK_AGAIN_MS = 2_000;
const LONGEST_LOOK_MS = 10_000;
let isLooking = false;
let looking: ReturnType<typeof setInterval> | undefined;

export function refresh(): void {
  refreshes.value++;
}

export function noteAnswered(): void {
  if (isReachable.peek()) return;
  clearInterval(looking);
  looking = undefined;
  isReachable.value = true;
  refresh();
}

export function noteUnreachable(): void {
  isReachable.value = false;
  looking ??= setInterval(() => void look(), LOOK_AGAIN_MS);
}

async function look(): Promise<void> {
  if (isLooking) return;
  isLooking = true;
  const { signal, end } = bounded(LONGEST_LOOK_MS);
  try {
    const { ok } = await fetch('/health/live', { cache: 'no-store', signal });
    if (ok) noteAnswered();
  } catch {
    // Not yet.
  } finally {
    end();
    isLooking = false;
  }
}

addEventListener('offline', noteUnreachable);
addEventListener('online', () => void look());
