import { LogPoint } from '../../read-model/change';
import { Scope } from '../../reading/scope';

/**
 * The point of the log with a sequence. The position that the event had when it was recorded is tried first: only in another event
 * store, to which the log was copied, has it another one.
 */
export async function positionOfSequence(
  { position: newest, services: { store } }: Scope,
  sequence: bigint,
  recorded: bigint,
): Promise<LogPoint> {
  const usual = await store.pointAt({ position: recorded < newest ? recorded : newest });
  if (usual.sequence === sequence) return usual;
  let [low, high] = [0n, newest];
  while (low < high) {
    const middle = (low + high) / 2n;
    if ((await store.pointAt({ position: middle })).sequence < sequence) low = middle + 1n;
    else high = middle;
  }
  return store.pointAt({ position: low });
}
