import { createHash } from 'node:crypto';
import { ActionName } from '../../auth/rights';
import { CellPlace } from '../../forms/reading/answers';
import { Source } from './source';

/** One fact, or several of one action, to record. */
export interface Step {
  readonly action: ActionName;
  readonly input: Readonly<Record<string, unknown>>;
  /** The cells that say it: of several items, the cell of each. */
  readonly places: readonly CellPlace[];
  /** In Chinese. */
  readonly says: string;
}

/** A step with a key of its own: sent twice, it is recorded once. */
export function stepOf({ sha256 }: Source, step: Step): Step {
  const name = JSON.stringify([step.action, step.input]);
  const idempotencyKey = `import-${createHash('sha256').update(sha256).update(name).digest('hex')}`;
  return { ...step, input: { ...step.input, idempotencyKey } };
}
