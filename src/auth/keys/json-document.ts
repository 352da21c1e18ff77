import { z } from 'zod';
import { readBounded } from '../../machine/bounded-reply';
import { FailurePause } from './failure-pause';

/** No identity provider has longer ones. */
const MOST_BYTES = 1_048_576;

/** Fetches a JSON document of an identity provider. An answer with another status or of another shape is an error, and so is a longer one. */
export type FetchDocument = <Document>(
  url: string,
  options: RequestInit,
  shape: z.ZodType<Document>,
) => Promise<Document>;

/** Fetches, unless fetches have failed so often that it is too early for the next one. */
export const pausingFetch =
  (pause: FailurePause): FetchDocument =>
  (url, options, shape) =>
    pause.attempt(async () => {
      const response = await fetch(url, { ...options, redirect: 'manual' });
      if (response.status !== 200) throw new Error(`${url} answered with status ${response.status}`);
      const text = await readBounded(response, MOST_BYTES);
      return shape.parse(JSON.parse(text.replace(/^\ufeff/, '')));
    });
