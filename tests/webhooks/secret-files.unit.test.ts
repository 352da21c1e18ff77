import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Outage } from '../../src/kernel/outage';
import { SecretFiles } from '../../src/webhooks/adapters/secret-files';
import { hashOf, newSecret } from '../../src/webhooks/secret';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

test('a secret is kept until it is removed, and one that was damaged is none', () => {
  const secrets = new SecretFiles(path.join(folder.path, 'secrets'));
  const secret = newSecret();
  secrets.put(secret);
  expect(secrets.get(hashOf(secret))).toBe(secret);
  writeFileSync(path.join(folder.path, 'secrets', hashOf(secret)), 'damaged');
  expect(secrets.get(hashOf(secret))).toBeUndefined();
  secrets.remove(hashOf(secret));
  secrets.remove(hashOf(secret));
  expect(secrets.get(hashOf(secret))).toBeUndefined();
});

test('secrets that cannot be read, written or removed are an outage', () => {
  const secrets = new SecretFiles(folder.path);
  const secret = newSecret();
  const file = path.join(folder.path, hashOf(secret));
  // A folder with something in it, where the file should be.
  mkdirSync(path.join(file, 'folder'), { recursive: true });
  const uses = [() => void secrets.get(hashOf(secret)), () => { secrets.put(secret); }, () => { secrets.remove(hashOf(secret)); }]; // prettier-ignore
  for (const use of uses) expect(use).toThrow(Outage);
  rmSync(file, { recursive: true });
  secrets.put(secret);
  expect(secrets.get(hashOf(secret))).toBe(secret);
});
