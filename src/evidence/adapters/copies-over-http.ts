import { readBounded } from '../../machine/bounded-reply';
import { CheckpointCopies } from '../copies/checkpoint-copies';
import { checkpointLine, readCheckpointLine } from '../copies/checkpoint-line';
import { KeptCheckpoint } from '../kept-checkpoint';

const TIMEOUT_MS = 5_000;
/** No checkpoint is longer. */
const MOST_BYTES = 65_536;

/** The newest checkpoint at an address that answers GET, and takes PUT. */
export class CopiesOverHttp implements CheckpointCopies {
  constructor(
    readonly name: string,
    private readonly url: string,
  ) {}

  async newest(): Promise<KeptCheckpoint | undefined> {
    const response = await fetch(this.url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`it answers GET with status ${response.status}`);
    const found = readCheckpointLine(await readBounded(response, MOST_BYTES));
    if (found === undefined) throw new Error('what it answers is not a checkpoint');
    return found;
  }

  async put(checkpoint: KeptCheckpoint): Promise<void> {
    const response = await fetch(this.url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: checkpointLine(checkpoint),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answers PUT with status ${response.status}`);
  }
}
