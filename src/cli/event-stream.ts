/** An event of a stream, as `text/event-stream` has it. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** The events of a body, which may be cut anywhere. Comments are skipped; each of its pieces is told to `onPiece`. */
export async function* eventsIn(
  body: AsyncIterable<Uint8Array>,
  onPiece: () => void,
): AsyncGenerator<ServerEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of body) {
    onPiece();
    const blocks = `${rest}${decoder.decode(piece, { stream: true })}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const valueOf = (field: string): string | undefined =>
        lines.find((line) => line.startsWith(`${field}:`))?.slice(field.length + 1);
      const event = valueOf('event')?.trim();
      if (event !== undefined) yield { event, data: valueOf('data') ?? '' };
    }
  }
}
