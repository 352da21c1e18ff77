import { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Text } from '../language/language';
import { say } from '../language/say';
import './menu.css';

interface Props {
  readonly title: Text;
  readonly children: ComponentChildren;
}

/** A button that opens what is rarely needed. Escape and a click elsewhere close it. */
export function Menu({ title, children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (): void => {
      if (menu.current !== null) menu.current.open = false;
    };
    const onClick = ({ target }: MouseEvent): void => {
      if (target instanceof Node && menu.current?.contains(target) === false) close();
    };
    addEventListener('click', onClick);
    return () => {
      removeEventListener('click', onClick);
    };
  }, []);
  return (
    <details
      class="menu"
      ref={menu}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape' || !currentTarget.open) return;
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary>{say(title)}</summary>
      <div class="menu-items">{children}</div>
    </details>
  );
}
