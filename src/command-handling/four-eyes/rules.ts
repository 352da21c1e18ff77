import { Fen } from '../../kernel/money';

/** One entry of FOUR_EYES: an action that needs a second person. */
export interface FourEyesRule {
  /** The name of the action. */
  readonly action: string;
  /** Only if the entity is closed. */
  readonly closedOnly: boolean;
  /** Only from this amount on; undefined: any amount. */
  readonly threshold?: Fen;
}

/** What one fact, or a correction of it, moves on the record. */
export interface Movement {
  /** The action that records facts of this kind one at a time: `recordExpenditure`, also of a correction. */
  readonly as: string;
  /** All actions that record such an event. */
  readonly by: readonly string[];
  /** The lines that it touches; none if it is not about an amount. */
  readonly lines: readonly string[];
  /** Never negative. Of a correction: the difference. */
  readonly amount: Fen;
  /** Whether it is a new fact, or a correction that makes one larger. */
  readonly raises: boolean;
}

/**
 * Those of a command's movements that the rule is about; undefined if it is not about the command at all. If an action is named,
 * the action that records several such facts at once is covered too, and so are corrections that make such a fact larger.
 */
export function coveredBy(
  { action }: FourEyesRule,
  command: string,
  movements: readonly Movement[],
): readonly Movement[] | undefined {
  if (action === command) return movements;
  const covered = movements.filter((movement) => isLike(movement, action));
  return covered.length === 0 ? undefined : covered;
}

/** Whether a movement on record counts towards the threshold of a rule, whichever action recorded it. */
export const countsFor = ({ action }: FourEyesRule, movement: Movement): boolean =>
  movement.by.includes(action) || isLike(movement, action);

const isLike = ({ as, raises }: Movement, action: string): boolean => as === action && raises;
