/** What the browser keeps of the page. */
export interface KeptTexts {
  get(key: string): string | undefined;
  /** Returns whether the text is still there after the page has been left. */
  set(key: string, text: string): boolean;
  remove(key: string): void;
}

/** A browser may be set to keep nothing, and then refuses even to be asked. Everything is kept in memory, too, so the page goes on. */
export function keptTexts(storage: () => Storage): KeptTexts {
  const inMemory = new Map<string, string>();
  const attempt = <Result>(work: (kept: Storage) => Result): Result | undefined => {
    try {
      return work(storage());
    } catch {
      return undefined;
    }
  };
  return {
    get: (key) => inMemory.get(key) ?? attempt((kept) => kept.getItem(key)) ?? undefined,
    set(key, text) {
      inMemory.set(key, text);
      return attempt((kept) => (kept.setItem(key, text), true)) === true;
    },
    remove(key) {
      inMemory.delete(key);
      attempt((kept) => {
        kept.removeItem(key);
      });
    },
  };
}

/** Until the tab is closed. */
export const keptInTab = keptTexts(() => sessionStorage);
/** For this browser. */
export const keptInBrowser = keptTexts(() => localStorage);
