import { useState } from 'preact/hooks';
import { say } from '../language/say';

export interface Pages {
  /** Where the page begins; undefined: at the start. */
  readonly after: string | undefined;
  readonly show: (after: string | undefined) => void;
}

/** Goes through a long list page by page. `of` is what the list is of: another list begins at its start. */
export function usePages(of: unknown): { readonly after: string | undefined; readonly pages: Pages } {
  const key = JSON.stringify(of);
  const [shown, setShown] = useState<{ readonly key: string; readonly after: string | undefined }>();
  const after = shown?.key === key ? shown.after : undefined;
  const show = (next: string | undefined): void => {
    setShown({ key, after: next });
  };
  return { after, pages: { after, show } };
}

interface Props {
  readonly pages: Pages;
  readonly page: { readonly endCursor: string | null; readonly hasNextPage: boolean } | undefined;
}

export function More({ pages: { after, show }, page }: Props) {
  const next = page?.hasNextPage === true ? (page.endCursor ?? undefined) : undefined;
  if (after === undefined && next === undefined) return null;
  return (
    <p class="pages">
      {after !== undefined && (
        <button
          type="button"
          onClick={() => {
            show(undefined);
          }}
        >
          {say(TEXTS.first)}
        </button>
      )}
      {next !== undefined && (
        <button
          type="button"
          onClick={() => {
            show(next);
          }}
        >
          {say(TEXTS.next)}
        </button>
      )}
    </p>
  );
}

const TEXTS = { first: { zh: '首页', en: 'First page' }, next: { zh: '下一页', en: 'Next page' } };
