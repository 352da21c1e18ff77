import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CorruptLedger } from '../../kernel/outage';
import { isFileError } from '../../machine/file-errors';
import { makePrivateFolder, writePrivateFile } from '../../machine/private-files';
import { HASH_BYTES } from '../tree/hashes';
import { WitnessedTree, WitnessMemory } from '../witness/witness';

const File = z.record(z.string(), z.strictObject({ treeSize: z.string().regex(/^\d{1,20}$/), rootHash: z.string() }));

/** A file with the newest checkpoint of each log that was cosigned. Nobody else may write it. */
export class WitnessFile implements WitnessMemory {
  private readonly trees = new Map<string, WitnessedTree>();

  constructor(private readonly path: string) {
    for (const [origin, { treeSize, rootHash }] of Object.entries(read(path))) {
      const hash = Buffer.from(rootHash, 'base64');
      if (hash.length !== HASH_BYTES) throw new CorruptLedger(`${path}: the root of ${origin} is not a hash`);
      this.trees.set(origin, { treeSize: BigInt(treeSize), rootHash: hash });
    }
  }

  newestOf(origin: string): WitnessedTree | undefined {
    return this.trees.get(origin);
  }

  keep(origin: string, tree: WitnessedTree): void {
    const trees = new Map(this.trees).set(origin, tree);
    const file = [...trees].map(([name, { treeSize, rootHash }]) => [
      name,
      { treeSize: String(treeSize), rootHash: rootHash.toString('base64') },
    ]);
    makePrivateFolder(dirname(this.path));
    writePrivateFile(this.path, `${JSON.stringify(Object.fromEntries(file))}\n`);
    this.trees.set(origin, tree);
  }
}

function read(path: string): z.infer<typeof File> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return {};
    throw error;
  }
  try {
    return File.parse(JSON.parse(text));
  } catch {
    throw new CorruptLedger(`${path} is not what a witness has kept`);
  }
}
