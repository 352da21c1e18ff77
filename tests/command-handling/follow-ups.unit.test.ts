import { followUpEvent } from '../../src/command-handling/follow-ups';
import { aMetadata, anEvent } from '../support/events';

const TYPES = {
  BudgetApproved: { personal: [], upcasters: [] },
  CarriedIn: { personal: [], upcasters: [(data: object) => data] },
} as never;

test('a follow-up has the origin of what it follows, and neither its key, nor its part, nor its salt', () => {
  const followed = anEvent({
    metadata: aMetadata({
      reason: '结转',
      idempotencyKey: 'key',
      fingerprint: 'f',
      commandPart: { number: 1, of: 2 },
      salt: 'AAECAwQFBgcICQoLDA0ODw==',
    }),
  });
  const { metadata } = followUpEvent(TYPES, followed, {
    code: 'D1.2024',
    fact: { type: 'CarriedIn', data: {} },
  });
  const { salt, ...rest } = metadata;
  expect(rest).toEqual(aMetadata({ reason: '结转', schemaVersion: 2, $causationId: followed.id }));
  expect(salt).toMatch(/^.{22}==$/);
  expect(salt).not.toBe(followed.metadata.salt);
});
