/** One event of a `text/event-stream` body. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** The events of a body, whose chunks may end anywhere. Comments are skipped. `onChunk` is called for every chunk. */
export async function* eventsIn(
  body: AsyncIterable<Uint8Array>,
  onChunk: () => void,
): AsyncGenerator<ServerEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    onChunk();
    const blocks = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n\n');
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
