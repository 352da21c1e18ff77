import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PlaceFile } from '../../../src/evidence/adapters/place-file';
import { LeafPlace } from '../../../src/evidence/places/places';
import { CorruptLedger } from '../../../src/kernel/outage';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const fileOf = (name: string) => path.join(folder.path, name);
const place = (index: number): LeafPlace => ({
  position: 2n ** 60n + BigInt(index) * 10n,
  recordedAt: 1_700_000_000_000 + index,
  stream: `流-${index % 3}`,
  department: `D${index % 3}`,
});

/** A file with the places of this many leaves. */
function filled(count: number): PlaceFile {
  const places = PlaceFile.open(folder.path);
  for (let index = 0; index < count; index++) {
    places.append(place(index));
    if (index % 7 === 0) places.write();
  }
  return places;
}

test('gives each place back, also those that are not written yet, and after the next start', () => {
  const places = filled(3_000);
  const all = (of: PlaceFile) => Array.from({ length: 3_000 }, (_, index) => of.at(BigInt(index)));
  const expected = Array.from({ length: 3_000 }, (_, index) => place(index));
  expect(all(places)).toEqual(expected);
  places.write();
  places.sync();
  const again = PlaceFile.open(folder.path);
  expect(again.size).toBe(3_000n);
  expect(all(again)).toEqual(expected);
  expect(again.departmentOf('流-2')).toBe('D2');
  expect(again.departmentOf('流-3')).toBeUndefined();
  expect(statSync(fileOf('places.bin')).mode & 0o077).toBe(0);
});

test('finds how many leaves there are up to a position', () => {
  const places = filled(10);
  const counts = [place(0).position - 1n, place(0).position, place(0).position + 1n, place(9).position, 2n ** 63n];
  expect(counts.map((position) => places.countUpTo(position))).toEqual([0n, 1n, 1n, 10n, 10n]);
});

test('drops what is behind a size, and grows on from there', () => {
  const places = filled(10);
  places.write();
  places.truncate(4n);
  expect(places.size).toBe(4n);
  expect(() => places.at(4n)).toThrow(CorruptLedger);
  places.append(place(6));
  places.write();
  expect(PlaceFile.open(folder.path).at(4n)).toEqual(place(6));
});

test('forgets the departments of its streams if nothing is kept', () => {
  const places = filled(3);
  places.write();
  places.truncate(0n);
  places.append({ ...place(0), department: 'D9' });
  places.write();
  expect(PlaceFile.open(folder.path).at(0n)).toEqual({ ...place(0), department: 'D9' });
});

test('places whose streams are lost are lost, and part of a record counts for nothing', () => {
  filled(8).write();
  truncateSync(fileOf('places.bin'), 8 * 20 - 1);
  const names = readFileSync(fileOf('streams.jsonl'), 'utf8');
  writeFileSync(fileOf('streams.jsonl'), names.split('\n').slice(0, 2).join('\n') + '\n');
  appendFileSync(fileOf('streams.jsonl'), '{"stream":"cut o');
  const places = PlaceFile.open(folder.path);
  expect(places.size).toBe(7n);
  expect(places.at(1n)).toEqual(place(1));
  expect(() => places.at(2n)).toThrow(CorruptLedger);
});
