import { useEffect, useState } from 'preact/hooks';
import { askAhead } from '../../api/questions';
import { say } from '../../language/say';
import { Moment } from '../moment';
import { Scale, Stops } from './stops';
import { SLIDER_TEXTS as TEXTS } from './texts';

const STEP_MS = 700;

interface Props {
  readonly stop: number;
  readonly stops: Stops;
  readonly scale: Scale;
  readonly momentOf: (stop: number) => Moment;
  readonly go: (stop: number) => void;
}

/** Goes from stop to stop by itself: change by change, or month by month. A stop is shown once its snapshot has arrived. */
export function Play({ stop, stops, scale, momentOf, go }: Props) {
  const [isPlaying, setPlaying] = useState(false);
  const isAtEnd = stop >= stops.last;
  useEffect(() => {
    if (!isPlaying) return undefined;
    if (isAtEnd) {
      setPlaying(false);
      return undefined;
    }
    const controller = new AbortController();
    const next = scale === 'change' ? stop + 1 : stops.monthLater(stop);
    const pause = new Promise((resolve) => setTimeout(resolve, STEP_MS));
    const arrival = next < stops.last ? askAhead(momentOf(next), controller.signal) : Promise.resolve();
    void Promise.all([pause, arrival]).then(() => {
      if (!controller.signal.aborted) go(next);
    });
    return () => {
      controller.abort();
    };
  }, [isPlaying, isAtEnd, stop, scale]);
  const label = say(isPlaying ? TEXTS.pause : TEXTS.play);
  return (
    <button
      type="button"
      class="plain play"
      aria-label={label}
      title={label}
      onClick={() => {
        if (!isPlaying && isAtEnd) go(0);
        setPlaying(!isPlaying);
      }}
    >
      {isPlaying ? '❚❚' : '▶'}
    </button>
  );
}
