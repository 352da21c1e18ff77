import { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { say } from '../language/say';
import { goTo, hrefOf, place } from '../routing/router';
import { FIRST_VIEW } from '../views';
import { currentView } from './current';
import { View } from '../views/view';
import { Asking, Empty, Failed } from './asked';
import { unreachable } from '../api/failure';

/** The view that the address names. */
export function CurrentView() {
  const name = place.value.view;
  const view = currentView.value;
  useEffect(() => {
    if (name === '') goTo(hrefOf(FIRST_VIEW.name), { replace: true });
  }, [name]);
  if (view === undefined) return name === '' ? null : <Empty>{say(TEXTS.none)}</Empty>;
  return <LoadedView key={view.name} view={view} />;
}

const loaded = new Map<string, ComponentType>();

function LoadedView({ view }: { readonly view: View }) {
  const [problem, setProblem] = useState<string>();
  const [, setRound] = useState(0);
  const Component = loaded.get(view.name);
  useEffect(() => {
    if (Component !== undefined) return;
    view.load().then(
      (module) => {
        loaded.set(view.name, module.default);
        setRound((round) => round + 1);
      },
      (error: unknown) => {
        setProblem(String(error));
      },
    );
  }, [view]);
  // After an update of the server, the files of the old page are gone.
  if (problem !== undefined)
    return (
      <Failed
        failure={unreachable(problem).failure}
        again={() => {
          location.reload();
        }}
      />
    );
  return Component === undefined ? <Asking /> : <Component />;
}

const TEXTS = { none: { zh: '没有这个页面。', en: 'There is no such view.' } };
