import { randomUUID } from 'node:crypto';
import { EventMetadata, NewEvent } from '../../src/event-store/envelope';

export const aMetadata = (overrides: Partial<EventMetadata> = {}): EventMetadata => ({
  schemaVersion: 1,
  effectiveAt: '2023-06-30T00:00:00.000Z',
  actor: { sub: 'u-1' },
  ...overrides,
});

export const anEvent = (overrides: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'BudgetApproved',
  data: { amount: '9689.88' },
  metadata: aMetadata(),
  ...overrides,
});

/** An event whose data and metadata, as JSON in UTF-8, and type, in UTF-16, take this many bytes. */
export function anEventOf(bytes: number): NewEvent {
  const empty = anEvent({ data: { text: '' } });
  const sizeOf = ({ type, data, metadata }: NewEvent): number =>
    2 * type.length + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
  const left = bytes - sizeOf(empty);
  return { ...empty, data: { text: '绩'.repeat(Math.floor(left / 3)).padEnd(Math.floor(left / 3) + (left % 3), 'x') } };
}

export const someEvents = (count: number): NewEvent[] => Array.from({ length: count }, () => anEvent());

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
