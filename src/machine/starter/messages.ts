/** A process that is wanted. */
export interface ProcessOrder {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** It is killed then, with all that it has started. */
  readonly timeoutMs: number;
  readonly niceness?: number;
}

/** What the process that starts others is told. A process is known by the `id` of its order. */
export type ToStarter =
  /** With `streams`, the process gets an input and an output. */
  | { readonly id: number; readonly kind: 'start'; readonly order: ProcessOrder; readonly streams: boolean }
  | { readonly id: number; readonly kind: 'kill' };

/** What it answers. A stream comes with its message. */
export type FromStarter =
  | { readonly id: number; readonly kind: 'output' | 'input' }
  | { readonly id: number; readonly kind: 'started'; readonly pid: number }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string }
  | { readonly id: number; readonly kind: 'ended'; readonly status: number | null };
