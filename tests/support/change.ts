import { StoredEvent } from '../../src/event-store/envelope';

/** An event as a log returns it. A test gives only the parts that matter to it. */
export const storedEvent = (parts: Pick<StoredEvent, 'position' | 'stream'> & Partial<StoredEvent>): StoredEvent => ({
  id: `event-${String(parts.position)}`,
  type: 'DepartmentRegistered',
  data: {},
  metadata: { schemaVersion: 1, effectiveAt: '2023-01-01T00:00:00.000Z', actor: { sub: 'u' } },
  revision: 0n,
  storedAt: 0,
  ...parts,
});
