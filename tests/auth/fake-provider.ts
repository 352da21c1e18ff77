type Answer = () => Response | Promise<Response>;

/** An identity provider without a network, and the clocks of the process. Made in a test, and ended with `jest.restoreAllMocks()`. */
export class FakeProvider {
  /** The addresses that were asked for. */
  readonly asked: string[] = [];
  private readonly answers = new Map<string, Answer>();
  private passedMs = 0;

  constructor() {
    const [date, monotonic] = [Date.now(), performance.now()];
    jest.spyOn(Date, 'now').mockImplementation(() => date + this.passedMs);
    jest.spyOn(performance, 'now').mockImplementation(() => monotonic + this.passedMs);
    jest.spyOn(globalThis, 'fetch').mockImplementation((url, options) => this.fetch(url as string, options ?? {}));
  }

  pass(ms: number): void {
    this.passedMs += ms;
  }

  answer(url: string, answer: Answer): void {
    this.answers.set(url, answer);
  }

  publish(url: string, document: unknown): void {
    this.answer(url, () => Response.json(document));
  }

  /** It never answers. */
  hang(url: string): void {
    this.answers.delete(url);
  }

  private async fetch(url: string, { signal, redirect }: RequestInit): Promise<Response> {
    this.asked.push(url);
    const answer = this.answers.get(url);
    if (answer === undefined) return until(signal);
    const response = await answer();
    const elsewhere = response.headers.get('location');
    return elsewhere === null || redirect === 'manual' ? response : this.fetch(elsewhere, { signal, redirect });
  }
}

const until = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
