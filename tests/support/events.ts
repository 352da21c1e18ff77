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

export const someEvents = (count: number): NewEvent[] => Array.from({ length: count }, () => anEvent());

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
