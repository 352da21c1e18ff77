import { Field, Int, ObjectType } from 'type-graphql';
import { LIMIT_MEANINGS, LIMIT_NAMES } from '../kernel/limits';

@ObjectType('Limits', {
  description:
    '限制。What a request may ask for. More is LIMIT_EXCEEDED, with the name of the limit in extensions.limit, if nothing else is said.',
})
export class LimitsType {}

for (const name of LIMIT_NAMES) {
  Field(() => Int, { simple: true, description: LIMIT_MEANINGS[name] })(LimitsType.prototype, name);
}
