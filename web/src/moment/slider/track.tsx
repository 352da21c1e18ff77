import { useEffect, useRef } from 'preact/hooks';
import { isDragging } from '../dragging';
import { commitMoment } from '../../routing/router';
import { Scale, Stops } from './stops';

interface Props {
  readonly stops: Stops;
  readonly stop: number;
  readonly scale: Scale;
  /** The stop under the pointer. */
  readonly hovered: number | undefined;
  readonly onHover: (stop: number | undefined) => void;
  readonly onGo: (stop: number) => void;
}

/** What a pointer moves on. */
export function Track({ stops, stop, scale, hovered, onHover, onGo }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const stopUnder = ({ clientX }: PointerEvent): number => {
    const { left, width } = track.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return stops.at((clientX - left) / width, scale);
  };
  const release = (): void => {
    if (!isDragging.peek()) return;
    isDragging.value = false;
    commitMoment();
  };
  // The slider may go while it is dragged, with the view or with the person.
  useEffect(() => release, []);
  const left = (at: number): string => `${stops.fractionOf(at, scale) * 100}%`;
  return (
    <div
      class="track"
      ref={track}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        isDragging.value = true;
        onGo(stopUnder(event));
      }}
      onPointerMove={(event) => {
        const under = stopUnder(event);
        onHover(under);
        if (isDragging.value && under !== stop) onGo(under);
      }}
      onPointerUp={release}
      onLostPointerCapture={release}
      onPointerLeave={() => {
        onHover(undefined);
      }}
    >
      <div class="rail" />
      <div class="passed" style={{ width: left(stop) }} />
      {hovered !== undefined && <div class="under-pointer" style={{ left: left(hovered) }} />}
      <div class="thumb" style={{ left: left(stop) }} />
    </div>
  );
}
