import { say } from '../language/say';
import { place, setQuery } from '../routing/router';

/** Goes through a list that can only be read forward. The page is in the address. `next` undefined: this is the last one. */
export function ForwardPages({ next }: { readonly next: string | undefined }) {
  const isFirst = place.value.query.after === undefined;
  if (isFirst && next === undefined) return null;
  return (
    <p class="pages">
      {!isFirst && (
        <button
          type="button"
          onClick={() => {
            setQuery({ after: undefined });
          }}
        >
          {say(TEXTS.first)}
        </button>
      )}{' '}
      {next !== undefined && (
        <button
          type="button"
          onClick={() => {
            setQuery({ after: next });
          }}
        >
          {say(TEXTS.next)}
        </button>
      )}
    </p>
  );
}

const TEXTS = { first: { zh: '首页', en: 'First page' }, next: { zh: '下一页', en: 'Next page' } };
