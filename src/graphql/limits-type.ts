import { Field, Int, ObjectType } from 'type-graphql';
import { DEFAULT_LIMITS, LIMIT_MEANINGS, LIMIT_NAMES, Limits } from '../kernel/limits';

@ObjectType('Limits', {
  description:
    '限制。The limits on requests. A request that exceeds one is refused with LIMIT_EXCEEDED and the name of the limit in extensions.limit, unless the limit says otherwise.',
})
export class LimitsType {}

/** The limits that may be off are null then. */
export const reportedLimits = (limits: Limits): LimitsType =>
  Object.assign(
    new LimitsType(),
    Object.fromEntries(LIMIT_NAMES.map((name) => [name, Number.isFinite(limits[name]) ? limits[name] : null])),
  );

for (const name of LIMIT_NAMES) {
  const nullable = !Number.isFinite(DEFAULT_LIMITS[name]);
  Field(() => Int, { simple: true, nullable, description: LIMIT_MEANINGS[name] })(LimitsType.prototype, name);
}
