import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readBoundedFile } from '../../src/machine/bounded-file';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

test('a file is read up to the bound, and a device that never ends is not', () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  mkdirSync(folder.path, { recursive: true });
  const file = path.join(folder.path, 'file');
  writeFileSync(file, 'x'.repeat(100_000));
  expect(readBoundedFile(file, 100_000)).toEqual(Buffer.alloc(100_000, 'x'));
  expect(readBoundedFile(file, 99_999)).toBeUndefined();
  expect(readBoundedFile('/dev/zero', 1_000_000)).toBeUndefined();
  expect(readBoundedFile('/dev/null', 0)).toEqual(Buffer.alloc(0));
});
