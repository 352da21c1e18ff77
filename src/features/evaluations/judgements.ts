import { countInForce, EffectiveOrder } from '../../kernel/effective-order';
import { Instant } from '../../kernel/time';
import { LineJudgement } from './events';
import { RecordedJudgements } from './record';

/** A judgement, and the position of the change that recorded it. */
export interface JudgementInForce extends LineJudgement {
  readonly position: string;
}

/** The last judgement of each line, in the order of the codes of the lines. */
export function judgementsInForce(
  recorded: EffectiveOrder<RecordedJudgements>,
  effectiveAt?: Instant,
): readonly JudgementInForce[] {
  const byLine = new Map<string, JudgementInForce>();
  for (const { scores, position } of recorded.take(countInForce(recorded, effectiveAt))) {
    for (const judgement of scores) byLine.set(judgement.line, { ...judgement, position: position.toString() });
  }
  return [...byLine.values()].sort((a, b) => (a.line < b.line ? -1 : 1));
}
