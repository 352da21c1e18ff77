import { Stops } from './stops';

/** Where a key leads from a stop; undefined: the key is not the slider's. */
export function stopAfterKey(key: string, stop: number, stops: Stops): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(stops.last, stop + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, stop - 1);
    case 'PageUp':
      return stops.monthLater(stop);
    case 'PageDown':
      return stops.monthEarlier(stop);
    case 'Home':
      return 0;
    case 'End':
      return stops.last;
    default:
      return undefined;
  }
}
