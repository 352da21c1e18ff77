import { signal } from '@preact/signals';
import { useMemo, useRef, useState } from 'preact/hooks';
import { say } from '../../language/say';
import { commitMoment, moment, previewMoment } from '../../routing/router';
import { now, showTime, timeZone } from '../../session/ledger';
import { dayOf, isDay } from '../../language/dates';
import { isDragging } from '../dragging';
import { Moment } from '../moment';
import { indexOfPosition, isTimelineComplete, readTimeline, timeline, timelineState } from '../timeline';
import { useAskingAhead } from './ask-ahead';
import { stopAfterKey } from './keys';
import { Play } from './play';
import { Scale, SCALES, Stops } from './stops';
import { SLIDER_TEXTS as TEXTS } from './texts';
import { Track } from './track';
import './slider.css';

const scale = signal<Scale>('change');

/** Goes through the known clock: change by change, or by date. */
export function Slider() {
  const changes = timeline.value;
  const zone = timeZone.value;
  const stops = useMemo(() => new Stops(changes, now(), (at) => dayOf(at, zone)), [changes, zone]);
  const at = moment.value;
  const found = stopOf(at, stops);
  const stop = found ?? 0;
  const [hovered, setHovered] = useState<number>();
  const committing = useRef<ReturnType<typeof setTimeout>>(undefined);
  // While the changes are read, a stop has another number with each part of them.
  useAskingAhead(isTimelineComplete.value ? found : undefined, stops, (next) => momentOf(next, stops, at));

  const go = (next: number): void => {
    previewMoment(momentOf(next, stops, at));
    clearTimeout(committing.current);
    // A pointer puts it into the address when it lets go, a key when no other one follows: each time all links are drawn anew.
    if (!isDragging.peek()) committing.current = setTimeout(commitMoment, COMMIT_AFTER_MS);
  };
  const isFailed = timelineState.value.kind === 'FAILED';
  // Its place is kept until the changes have been read.
  if (changes.length === 0) return <div class="slider">{isFailed && <Unread />}</div>;
  const shown = hovered ?? found;
  return (
    <div class="slider">
      <Play stop={stop} stops={stops} scale={scale.value} momentOf={(next) => momentOf(next, stops, at)} go={go} />
      <div
        class="slider-track"
        role="slider"
        tabIndex={0}
        aria-label={say(TEXTS.slider)}
        aria-busy={timelineState.value.kind === 'READING'}
        aria-valuemin={0}
        aria-valuemax={stops.last}
        aria-valuenow={stop}
        aria-valuetext={textOf(found)}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          const next = stopAfterKey(event.key, stop, stops);
          if (next === undefined) return;
          event.preventDefault();
          go(next);
        }}
      >
        <Track stops={stops} stop={stop} scale={scale.value} hovered={hovered} onHover={setHovered} onGo={go} />
      </div>
      <p class="slider-text" aria-hidden="true">
        {textOf(shown)}
      </p>
      {isFailed && <Unread />}
      <select
        class="plain"
        aria-label={say(TEXTS.scale)}
        value={scale.value}
        onChange={({ currentTarget: { value } }) => {
          scale.value = SCALES.find((each) => each === value) ?? 'change';
        }}
      >
        {SCALES.map((each) => (
          <option key={each} value={each}>
            {say(TEXTS[each])}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Changes that could not be read, and a way to try again. */
function Unread() {
  return (
    <p class="slider-unread" role="status">
      {say(TEXTS.unread)}{' '}
      <button type="button" class="plain" onClick={() => void readTimeline()}>
        {say(TEXTS.again)}
      </button>
    </p>
  );
}

const COMMIT_AFTER_MS = 250;

/** The stop of the moment that is shown; undefined: it is before the first change that the slider has. */
function stopOf({ position, knownAt }: Moment, stops: Stops): number | undefined {
  if (position !== undefined) {
    const index = indexOfPosition(position);
    return index === -1 ? undefined : index;
  }
  if (knownAt === undefined) return stops.last;
  return isDay(knownAt) ? stops.ofDay(knownAt) : stops.ofInstant(Date.parse(knownAt));
}

/** A stop on the known clock; the effective clock stays as it is. */
function momentOf(stop: number, stops: Stops, { effectiveAt }: Moment): Moment {
  return stop >= stops.last ? { effectiveAt } : { position: timeline.peek()[stop]?.position, effectiveAt };
}

/** The date and the document of a stop. */
function textOf(stop: number | undefined): string {
  const changes = timeline.value;
  if (stop === undefined) return say(timelineState.value.kind === 'READING' ? TEXTS.reading : TEXTS.before);
  const change = changes[stop];
  if (change === undefined) return say(TEXTS.now(changes.length));
  const { recordedAt, documentNo, entity } = change;
  return [`${stop + 1}/${changes.length}`, showTime(recordedAt), documentNo ?? entity].join(' · ');
}
