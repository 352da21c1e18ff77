import { useEffect, useMemo, useState } from 'preact/hooks';
import { useAttempts } from '../../api/attempts';
import { Failure } from '../../api/failure';
import { Text } from '../../language/language';
import { say } from '../../language/say';
import { Failed } from '../../layout/asked';
import { MapDrawing } from './map-drawing';
import { MapProgress } from './map-progress';
import { MappedFigure } from './mapped-figure';
import { Axes, Rectangle, rectanglesOf } from './plane';
import { readValues } from './read-values';
import { RectangleTable } from './rectangle-table';
import { CLOCKS_TEXTS } from './texts';
import { MOST_STEPS, Window, WindowedAxes, windowOf } from './window';

interface Props {
  readonly figure: MappedFigure;
  readonly axes: Axes;
}

/** What was read, and of which part of the map. */
interface Read {
  readonly axes: Axes;
  readonly found: { readonly rectangles: readonly Rectangle[] } | { readonly failure: Failure };
}

/** The part of the map that is in the window, and how to move the window. Until the next part has been read, the last one stays, dimmed. */
export function WindowedMap({ figure, axes: all }: Props) {
  const [window, setWindow] = useState<Window>({ skippedChanges: 0, skippedDates: 0 });
  const shown = useMemo(() => windowOf(all, window), [all, window]);
  const { axes } = shown;
  const [read, setRead] = useState<Read>();
  const [part, setPart] = useState(0);
  const attempts = useAttempts(read !== undefined && 'failure' in read.found);
  useEffect(() => {
    const controller = new AbortController();
    setPart(0);
    // A failure does not stay while the same is asked again.
    setRead((before) => (before !== undefined && 'failure' in before.found ? undefined : before));
    void readValues(axes, { kind: 'field', ...figure }, setPart, controller.signal).then((values) => {
      if (controller.signal.aborted) return;
      setRead({ axes, found: 'failure' in values ? values : { rectangles: rectanglesOf(values.values) } });
    });
    return () => {
      controller.abort();
    };
  }, [axes, figure.path, attempts]);
  const isAsking = read?.axes !== axes;
  const moves = <Moves all={all} shown={shown} window={window} onMove={setWindow} />;
  const asking = isAsking && <MapProgress text={say(CLOCKS_TEXTS.asking)} part={part} />;
  if (read === undefined)
    return (
      <>
        {moves}
        {asking}
      </>
    );
  if ('failure' in read.found)
    return (
      <>
        {moves}
        {asking || <Failed failure={read.found.failure} />}
      </>
    );
  const { rectangles } = read.found;
  return (
    <>
      {moves}
      <div class={isAsking ? 'answer is-old' : 'answer'} aria-busy={isAsking}>
        {isAsking && <progress class="map-asking" max={1} value={part} aria-label={say(CLOCKS_TEXTS.asking)} />}
        <MapDrawing figure={figure} axes={read.axes} rectangles={rectangles} />
        <RectangleTable figure={figure} axes={read.axes} rectangles={rectangles} />
      </div>
    </>
  );
}

interface MovesProps {
  readonly all: Axes;
  readonly shown: WindowedAxes;
  readonly window: Window;
  readonly onMove: (window: Window) => void;
}

/** The ways to the other parts of a map that is larger than the window. */
function Moves({ all, shown: { earlierChanges, earlierDates }, window, onMove }: MovesProps) {
  const { skippedChanges, skippedDates } = window;
  if (all.known.length <= MOST_STEPS && all.effective.length <= MOST_STEPS) return null;
  const move = (text: Text, count: number, to: Partial<Window>) => (
    <button
      type="button"
      disabled={count === 0}
      onClick={() => {
        onMove({ ...window, ...to });
      }}
    >
      {say(text)} ({count})
    </button>
  );
  return (
    <p class="pages">
      {move(CLOCKS_TEXTS.earlierChanges, earlierChanges, {
        skippedChanges: skippedChanges + Math.min(MOST_STEPS, earlierChanges),
      })}
      {move(CLOCKS_TEXTS.laterChanges, skippedChanges, { skippedChanges: Math.max(0, skippedChanges - MOST_STEPS) })}
      {move(CLOCKS_TEXTS.earlierDates, earlierDates, {
        skippedDates: skippedDates + Math.min(MOST_STEPS, earlierDates),
      })}
      {move(CLOCKS_TEXTS.laterDates, skippedDates, { skippedDates: Math.max(0, skippedDates - MOST_STEPS) })}
    </p>
  );
}
