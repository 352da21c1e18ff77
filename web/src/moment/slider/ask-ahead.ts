import { useEffect } from 'preact/hooks';
import { askAhead } from '../../api/questions';
import { isDragging } from '../dragging';
import { Moment } from '../moment';
import { Stops } from './stops';

const AFTER_MS = 200;

/**
 * Asks for the snapshots that a key would show next, once a stop has been shown for a moment. `stop` undefined: nobody knows yet which
 * stop is shown, or it is none. Snapshots that nobody will look at cost the server as much as others.
 */
export function useAskingAhead(stop: number | undefined, stops: Stops, momentOf: (stop: number) => Moment): void {
  useEffect(() => {
    if (stop === undefined) return undefined;
    const controller = new AbortController();
    const wait = setTimeout(() => void askFor(neighbours(stop, stops), momentOf, controller.signal), AFTER_MS);
    return () => {
      clearTimeout(wait);
      controller.abort();
    };
  }, [stop, stops]);
}

/** The nearest first. Now is asked for when it is shown. */
const neighbours = (stop: number, stops: Stops): readonly number[] =>
  [stop - 1, stop + 1, stop - 2, stop + 2, stops.monthEarlier(stop), stops.monthLater(stop), stop - 3, stop + 3].filter(
    (each) => each >= 0 && each < stops.last,
  );

async function askFor(
  wanted: readonly number[],
  momentOf: (stop: number) => Moment,
  signal: AbortSignal,
): Promise<void> {
  for (const stop of wanted) {
    if (signal.aborted || isDragging.peek()) return;
    await askAhead(momentOf(stop), signal);
  }
}
