import { appendFileSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CheckpointFile } from '../../../src/evidence/adapters/checkpoint-file';
import { PlaceFile } from '../../../src/evidence/adapters/place-file';
import { TileFiles } from '../../../src/evidence/adapters/tile-files';
import { Outage } from '../../../src/kernel/outage';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';

/** The file system fails because a folder is where a file should be. */

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

function failAt(file: string): void {
  rmSync(file, { force: true });
  mkdirSync(file, { recursive: true });
}

const checkpoint = (treeSize: bigint) => ({
  treeSize,
  position: treeSize,
  recordedAt: 0,
  note: `${treeSize}`,
  headsNote: '',
});

test('tiles that cannot be read or written are an outage', () => {
  const tiles = new TileFiles(folder.path);
  failAt(path.join(folder.path, 'tile', '0', '000'));
  expect(() => tiles.read({ level: 0, index: 0n, width: 1 })).toThrow(Outage);
  expect(() => {
    tiles.write({ level: 0, index: 0n }, 1, Buffer.alloc(32));
  }).toThrow(Outage);
});

test('places that cannot be written are an outage, and can be written later', () => {
  const places = PlaceFile.open(folder.path);
  const place = { position: 1n, recordedAt: 2, stream: 's', department: 'D1' };
  const file = path.join(folder.path, 'places.bin');
  places.append(place);
  failAt(file);
  const write = (): void => {
    places.write();
  };
  expect(write).toThrow(Outage);
  rmdirSync(file);
  writeFileSync(file, '');
  write();
  expect(PlaceFile.open(folder.path).at(0n)).toEqual(place);
});

test('a checkpoint that cannot be written is an outage, and half a line of it damages no later one', () => {
  const file = path.join(folder.path, 'checkpoints.jsonl');
  const kept = CheckpointFile.open(file);
  failAt(file);
  expect(() => {
    kept.keep(checkpoint(1n));
  }).toThrow(Outage);
  rmdirSync(file);
  appendFileSync(file, '{"treeSize":"1","posit');
  kept.keep(checkpoint(2n));
  const again = CheckpointFile.open(file);
  expect([again.of(1n), again.newest]).toEqual([checkpoint(1n), checkpoint(2n)]);
});
