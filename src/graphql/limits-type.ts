import { Field, Int, ObjectType } from 'type-graphql';
import { LIMIT_MEANINGS, LIMIT_NAMES } from '../kernel/limits';

@ObjectType('Limits', {
  description:
    '限制。The limits on requests. A request that exceeds one is refused with LIMIT_EXCEEDED and the name of the limit in extensions.limit, unless the limit says otherwise.',
})
export class LimitsType {}

for (const name of LIMIT_NAMES) {
  Field(() => Int, { simple: true, description: LIMIT_MEANINGS[name] })(LimitsType.prototype, name);
}
