import { ServerResponse } from 'node:http';

/** Aborts if the connection closes before the answer was sent. */
export function hangUpOf(response: ServerResponse): AbortSignal {
  const hangUp = new AbortController();
  const onClose = (): void => {
    if (!response.writableFinished) hangUp.abort();
  };
  if (response.closed) onClose();
  else response.once('close', onClose);
  return hangUp.signal;
}
