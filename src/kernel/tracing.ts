/** Makes spans of a trace. A part that calls an engine which has no instrumentation of its own uses it. */
export interface Tracing {
  /** Runs as a span of the current trace; without a span if there is none. */
  span<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** A span from the first item that is asked for until the reader has enough. */
  spanOf<T>(name: string, read: () => AsyncIterable<T>): AsyncIterable<T>;
  /** Sends what is left. */
  shutdown(): Promise<void>;
}
