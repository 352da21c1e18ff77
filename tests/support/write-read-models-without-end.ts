import { writeSync } from 'node:fs';
import { Script, Step } from '../read-model/contract/script';
import { openSqliteReadModels } from './sqlite-read-models-file';

// Writes batches to a file of read models, and one line with its checkpoint for each that is written. Runs until it is killed, or until a
// write fails; then its last line is the name of the error.

const [path = ''] = process.argv.slice(2);
const store = openSqliteReadModels(path);

/** Every third change touches a line, too. */
const stepAt = (position: number): Step => ({
  position: BigInt(position),
  documents: [`D${position % 5}.2023`, ...(position % 3 === 0 ? [`D${position % 5}.2023/L1`] : [])],
  members: { BUDGET: [`D${position}.2023`] },
});

async function write(): Promise<void> {
  const from = Number((await store.checkpoint()).position);
  const script = new Script();
  // The script counts the revisions of what was written before.
  script.all(Array.from({ length: from }, (_, index) => stepAt(index + 1)));
  for (let position = from + 1; ;) {
    const size = 1 + (position % 20);
    await store.write(script.all(Array.from({ length: size }, (_, index) => stepAt(position + index))));
    position += size;
    writeSync(1, `${position - 1}\n`);
  }
}

write().catch((error: unknown) => {
  writeSync(1, `${error instanceof Error ? error.name : String(error)}\n`);
  process.exit(1);
});
