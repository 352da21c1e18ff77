import { useEffect, useRef } from 'preact/hooks';
import { say } from '../language/say';
import { hrefOf, place } from '../routing/router';
import { Link } from '../routing/link';
import { viewer } from '../session/viewer';
import { leave } from '../session/provider-session';
import { VIEWS } from '../views';
import { Preferences } from './preferences';

/** The name of the program, the views, and who is signed in. */
export function Header() {
  const person = viewer.value;
  const views = useRef<HTMLElement>(null);
  const { view } = place.value;
  useEffect(() => {
    // On a narrow screen the views are in one row, which is longer than the screen.
    views.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [view]);
  return (
    <div class="header">
      <p class="brand">
        明鉴 <span lang="en">Mingjian</span>
      </p>
      <nav aria-label={say(TEXTS.views)} ref={views}>
        <ul>
          {VIEWS.filter(({ isInNavigation, isShown }) => isInNavigation && isShown?.() !== false).map(
            ({ name, title }) => (
              <li key={name}>
                <Link href={hrefOf(name)} aria-current={view === name ? 'page' : undefined}>
                  {say(title)}
                </Link>
              </li>
            ),
          )}
        </ul>
      </nav>
      <Preferences />
      {person !== undefined && (
        <p class="person">
          <span title={person.roles.join(', ')}>{person.name ?? person.sub}</span>{' '}
          <button type="button" class="plain" onClick={() => void leave()}>
            {say(TEXTS.leave)}
          </button>
        </p>
      )}
    </div>
  );
}

const TEXTS = {
  views: { zh: '页面', en: 'Views' },
  leave: { zh: '退出', en: 'Sign out' },
};
