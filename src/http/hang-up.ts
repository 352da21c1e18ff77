import { ServerResponse } from 'node:http';
import { AbortState } from '../kernel/async';

/** Aborts if the connection closes before the answer was sent. */
export class HangUp implements AbortState {
  private isAborted = false;
  /** Few requests have a listener. Node takes longer to make a signal than to answer many of them. */
  private controller: AbortController | undefined;

  constructor(response: ServerResponse) {
    const onClose = (): void => {
      if (!response.writableFinished) this.abort();
    };
    if (response.closed) onClose();
    else response.on('close', onClose);
  }

  get aborted(): boolean {
    return this.isAborted;
  }

  addEventListener(type: 'abort', listener: () => void): void {
    this.controller ??= new AbortController();
    this.controller.signal.addEventListener(type, listener);
  }

  removeEventListener(type: 'abort', listener: () => void): void {
    this.controller?.signal.removeEventListener(type, listener);
  }

  private abort(): void {
    this.isAborted = true;
    this.controller?.abort();
  }
}
