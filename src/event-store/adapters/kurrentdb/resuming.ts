import { LostConnection } from './driver-errors';

/**
 * What a read delivers. If it loses its connection, `read` is called again, once before anything more comes: it goes on where
 * it was. So a server that restarts, or a proxy that closes what it held, fails no read.
 */
export async function* resuming<T>(read: () => AsyncIterable<T>): AsyncGenerator<T, void> {
  for (let mayGoOn = true; ;) {
    try {
      for await (const item of read()) {
        mayGoOn = true;
        yield item;
      }
      return;
    } catch (error) {
      if (!mayGoOn || !(error instanceof LostConnection)) throw error;
      mayGoOn = false;
    }
  }
}
