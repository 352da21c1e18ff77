import { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { refresh } from '../api/connection';
import { Failure } from '../api/failure';
import { Asked } from '../api/questions';
import { say } from '../language/say';
import { failureText } from './failure-texts';
import './asked.css';

interface Props<Data> {
  readonly asked: Asked<Data>;
  readonly children: (data: Data) => ComponentChildren;
}

/**
 * Shows the answer to a question. While another question is being asked, the last answer stays in its place, dimmed, so that nothing
 * jumps and nobody takes it for the new one.
 */
export function Answered<Data>({ asked: { data, failure, isAsking }, children }: Props<Data>) {
  const drawn = useRef<{ readonly of: Data; readonly as: ComponentChildren }>(undefined);
  if (failure !== undefined && !isAsking) return <Failed failure={failure} />;
  if (data === undefined) return <Asking />;
  // An old answer stays as it was drawn: to draw it again for each step of the slider takes long.
  if (!isAsking || drawn.current?.of !== data) drawn.current = { of: data, as: children(data) };
  return (
    <div class={isAsking ? 'answer is-old' : 'answer'} aria-busy={isAsking}>
      {isAsking && <Progress />}
      {drawn.current.as}
    </div>
  );
}

export function Asking() {
  return (
    <div class="asking" role="status">
      <Progress />
      <p>{say(TEXTS.asking)}</p>
    </div>
  );
}

const Progress = () => <div class="progress" aria-hidden="true" />;

interface FailedProps {
  readonly failure: Failure;
  readonly again?: () => void;
}

/** What went wrong, with a way to try again: by default everything on screen is asked again. */
export function Failed({ failure, again = refresh }: FailedProps) {
  return (
    <div class="failed" role="alert">
      <p>
        <strong>{say(failureText(failure))}</strong>
      </p>
      <p class="details">
        <code>{failure.code}</code> {failure.message}
      </p>
      <button type="button" onClick={again}>
        {say(TEXTS.again)}
      </button>
    </div>
  );
}

export const Empty = ({ children }: { readonly children: ComponentChildren }) => <p class="empty">{children}</p>;

const TEXTS = {
  asking: { zh: '正在查询…', en: 'Asking the ledger…' },
  again: { zh: '重试', en: 'Try again' },
};
