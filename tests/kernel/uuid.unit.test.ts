import { hash } from 'node:crypto';
import { v5, validate, version } from 'uuid';
import { isUuid, uuidOfHash } from '../../src/kernel/uuid';

test('the UUID of version 5 is that of RFC 9562', () => {
  const dns = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
  const name = 'www.example.com';
  const uuid = uuidOfHash(hash('sha1', Buffer.concat([dns, Buffer.from(name)]), 'buffer'), 5);
  expect(uuid).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  expect(uuid).toBe(v5(name, v5.DNS));
});

test('a hash of any length gives one UUID of the version, and stays as it was', () => {
  const digest = hash('sha256', 'a log', 'buffer');
  const before = Buffer.from(digest);
  const uuid = uuidOfHash(digest, 8);
  expect([validate(uuid), version(uuid), isUuid(uuid)]).toEqual([true, 8, true]);
  expect(uuidOfHash(digest, 8)).toBe(uuid);
  expect(digest).toEqual(before);
});
