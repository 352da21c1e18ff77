import { CheckpointCopies } from '../copies/checkpoint-copies';
import { KeptCheckpoint } from '../kept-checkpoint';
import { CheckpointFile } from './checkpoint-file';

/** Copies of checkpoints in a file, such as on a disk of another machine. */
export class CopiesInFile implements CheckpointCopies {
  private opened: CheckpointFile | undefined;

  constructor(
    readonly name: string,
    private readonly path: string,
  ) {}

  newest(): Promise<KeptCheckpoint | undefined> {
    // Another process may have written to it.
    this.opened = undefined;
    return later(() => CheckpointFile.read(this.path).newest);
  }

  put(checkpoint: KeptCheckpoint): Promise<void> {
    return later(() => {
      this.opened ??= CheckpointFile.open(this.path);
      this.opened.keep(checkpoint);
    });
  }
}

/** A failure becomes a rejection. */
const later = async <T>(act: () => T): Promise<T> => Promise.resolve(act());
