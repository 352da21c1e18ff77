import { useEffect, useMemo, useState } from 'preact/hooks';
import { useAttempts } from '../../api/attempts';
import { Failure } from '../../api/failure';
import { say } from '../../language/say';
import { Failed } from '../../layout/asked';
import { MappedFigure } from './mapped-figure';
import { MapDrawing } from './map-drawing';
import { Axes, Rectangle, rectanglesOf } from './plane';
import { readValues } from './read-values';
import { RectangleTable } from './rectangle-table';
import { CLOCKS_TEXTS } from './texts';
import { MOST_STEPS, Window, windowOf } from './window';

interface Props {
  readonly figure: MappedFigure;
  readonly axes: Axes;
}

type Read = { readonly rectangles: readonly Rectangle[] } | { readonly failure: Failure };

/** The part of the map that is in the window, and how to move the window. */
export function WindowedMap({ figure, axes: all }: Props) {
  const [window, setWindow] = useState<Window>({ skippedChanges: 0, skippedDates: 0 });
  const { axes, earlierChanges, earlierDates } = useMemo(() => windowOf(all, window), [all, window]);
  const [read, setRead] = useState<Read>();
  const [part, setPart] = useState(0);
  const attempts = useAttempts(read !== undefined && 'failure' in read);
  useEffect(() => {
    const controller = new AbortController();
    setRead(undefined);
    setPart(0);
    void readValues(axes, { kind: 'field', ...figure }, setPart, controller.signal).then((found) => {
      if (controller.signal.aborted) return;
      setRead('failure' in found ? found : { rectangles: rectanglesOf(found.values) });
    });
    return () => {
      controller.abort();
    };
  }, [axes, figure.path, attempts]);
  return (
    <>
      <p class="pages">
        <Move
          text={say(CLOCKS_TEXTS.earlierChanges)}
          count={earlierChanges}
          to={() => {
            setWindow({ ...window, skippedChanges: window.skippedChanges + Math.min(MOST_STEPS, earlierChanges) });
          }}
        />
        <Move
          text={say(CLOCKS_TEXTS.laterChanges)}
          count={window.skippedChanges}
          to={() => {
            setWindow({ ...window, skippedChanges: Math.max(0, window.skippedChanges - MOST_STEPS) });
          }}
        />
        <Move
          text={say(CLOCKS_TEXTS.earlierDates)}
          count={earlierDates}
          to={() => {
            setWindow({ ...window, skippedDates: window.skippedDates + Math.min(MOST_STEPS, earlierDates) });
          }}
        />
        <Move
          text={say(CLOCKS_TEXTS.laterDates)}
          count={window.skippedDates}
          to={() => {
            setWindow({ ...window, skippedDates: Math.max(0, window.skippedDates - MOST_STEPS) });
          }}
        />
      </p>
      {read === undefined && (
        <p role="status" aria-busy="true">
          <progress max={1} value={part} aria-label={say(CLOCKS_TEXTS.asking)} /> {say(CLOCKS_TEXTS.asking)}
        </p>
      )}
      {read !== undefined && 'failure' in read && <Failed failure={read.failure} />}
      {read !== undefined && 'rectangles' in read && (
        <>
          <MapDrawing figure={figure} axes={axes} rectangles={read.rectangles} />
          <RectangleTable figure={figure} axes={axes} rectangles={read.rectangles} />
        </>
      )}
    </>
  );
}

function Move({ text, count, to }: { readonly text: string; readonly count: number; readonly to: () => void }) {
  if (count === 0) return null;
  return (
    <button type="button" onClick={to}>
      {text} ({count})
    </button>
  );
}
