import { AnchorHTMLAttributes } from 'preact';
import { goTo } from './router';

/** A link within the page. With a key held down, the browser opens it as any other link. */
export function Link({ href, children, ...others }: AnchorHTMLAttributes & { readonly href: string }) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(href);
  };
  return (
    <a {...others} href={href} onClick={follow}>
      {children}
    </a>
  );
}
