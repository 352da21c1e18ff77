import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CheckpointFile } from '../../../src/evidence/adapters/checkpoint-file';
import { KeptCheckpoint } from '../../../src/evidence/kept-checkpoint';
import { CorruptLedger } from '../../../src/kernel/outage';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';

let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = path.join(folder.path, 'tree', 'checkpoints.jsonl');
});
afterEach(() => {
  folder.remove();
});

const checkpoint = (treeSize: bigint): KeptCheckpoint => ({
  treeSize,
  position: treeSize * 10n,
  recordedAt: 1_700_000_000_000,
  note: `ledger.example\n${treeSize}\n签名\n`,
  headsNote: `heads of ${treeSize}`,
});

test('keeps checkpoints for the next start, and only its owner reads the file', () => {
  const kept = CheckpointFile.open(file);
  expect(kept.newest).toBeUndefined();
  for (const size of [0n, 8n, 20n]) kept.keep(checkpoint(size));
  const again = CheckpointFile.open(file);
  expect(again.newest).toEqual(checkpoint(20n));
  expect(again.of(8n)).toEqual(checkpoint(8n));
  expect(again.of(9n)).toBeUndefined();
  expect(again.upTo(19n)).toEqual(checkpoint(8n));
  expect(again.upTo(-1n)).toBeUndefined();
  expect(again.from(9n)).toEqual(checkpoint(20n));
  expect(again.from(0n)).toEqual(checkpoint(0n));
  expect(again.from(21n)).toBeUndefined();
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('a line that a crash has cut off is dropped', () => {
  CheckpointFile.open(file).keep(checkpoint(8n));
  const whole = readFileSync(file, 'utf8');
  appendFileSync(file, '{"treeSize":"9","posit');
  expect(CheckpointFile.read(file).newest).toEqual(checkpoint(8n));
  expect(readFileSync(file, 'utf8')).not.toBe(whole);
  const opened = CheckpointFile.open(file);
  expect(readFileSync(file, 'utf8')).toBe(whole);
  opened.keep(checkpoint(9n));
  expect(CheckpointFile.open(file).newest).toEqual(checkpoint(9n));
});

test.each(['rubbish\n', '{}\n', '{"treeSize":"-1","position":"0","recordedAt":0,"note":"","headsNote":""}\n'])(
  'a line that is no checkpoint is refused: %j',
  (line) => {
    CheckpointFile.open(file).keep(checkpoint(8n));
    writeFileSync(file, readFileSync(file, 'utf8') + line);
    expect(() => CheckpointFile.open(file)).toThrow(new CorruptLedger(`${file}: line 2 is not a checkpoint`));
  },
);

test('to read a file that is not there makes none', () => {
  expect(CheckpointFile.read(file).newest).toBeUndefined();
  expect(() => statSync(file)).toThrow('ENOENT');
});
