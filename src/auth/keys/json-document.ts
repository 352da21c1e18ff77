import { FailurePause } from './failure-pause';

/** Like `fetch`, for JSON documents of an identity provider. Any other answer than a JSON object with status 200 is an error. */
export type FetchJson = (url: string, options: RequestInit) => Promise<Readonly<Record<string, unknown>>>;

/** Fetches, unless fetches have failed so often that it is too early for the next one. */
export const pausingFetch =
  (pause: FailurePause): FetchJson =>
  (url, options) =>
    pause.attempt(async () => {
      const response = await fetch(url, { ...options, redirect: 'manual' });
      if (response.status !== 200) throw new Error(`${url} answered with status ${response.status}`);
      const document: unknown = await response.json();
      if (typeof document !== 'object' || document === null) throw new Error(`${url} answered with no JSON object`);
      return document as Readonly<Record<string, unknown>>;
    });
