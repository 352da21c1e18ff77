import { Min } from 'class-validator';
import { execute, GraphQLSchema, parse, printSchema } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  buildSchemaSync,
  createParameterDecorator,
  Field,
  FieldResolver,
  InputType,
  Int,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { readArgumentsAtOnce } from '../../src/graphql/arguments';
import { IsLabel, validateInput } from '../../src/graphql/validation';

enum Colour {
  RED = 'red',
  BLUE = 'blue',
}
registerEnumType(Colour, { name: 'Colour' });

@ArgsType()
class Slice {
  @Min(0)
  @Field(() => Int, { nullable: true })
  first?: number | null;

  @Field(() => String)
  order: string = 'up';
}

@ArgsType()
class Wanted extends Slice {
  @IsLabel()
  @Field(() => String, { nullable: true })
  label?: string | null;

  @Field(() => [Colour], { nullable: true })
  colours?: Colour[] | null;
}

@InputType()
class Flat {
  @IsLabel()
  @Field(() => String, { nullable: true })
  label?: string | null;

  @Field(() => [Int], { nullable: true })
  numbers?: number[] | null;
}

@InputType()
class Nesting {
  @Field(() => Flat, { nullable: true })
  flat?: Flat | null;
}

@ArgsType()
class NestingArgs {
  @Field(() => Flat, { nullable: true })
  flat?: Flat | null;
}

@ObjectType()
class Thing {
  @Field(() => String)
  readonly name: string = 'a thing';
}

/** The arguments of the resolver calls, in order. */
const calls: unknown[][] = [];
const note = (...values: unknown[]): boolean => calls.push(values) > 0;

const Rejected = createParameterDecorator(() => Promise.reject(new Error('comes too late'))) as ParameterDecorator;
const Later = createParameterDecorator(() => Promise.resolve('later')) as ParameterDecorator;

@Resolver()
class Questions {
  @Query(() => Boolean)
  plain(
    @Arg('code', () => String) code: string,
    @Arg('unit', () => Colour, { nullable: true, defaultValue: Colour.RED }) unit: Colour | null,
    @Arg('numbers', () => [Int], { nullable: true }) numbers?: number[] | null,
  ): boolean {
    return note(code, unit, numbers);
  }

  @Query(() => Boolean)
  args(@Args(() => Wanted) wanted: Wanted): boolean {
    return note(wanted);
  }

  @Query(() => Boolean)
  input(@Arg('flat', () => Flat, { nullable: true }) flat?: Flat | null): boolean {
    return note(flat);
  }

  @Query(() => Boolean)
  awaited(
    @Later later: string,
    @Arg('flat', () => Flat, { validateFn: () => Promise.resolve() }) flat: Flat,
    @Args(() => Slice) slice: Slice,
  ): boolean {
    return note(later, flat, slice);
  }

  @Query(() => Boolean)
  nesting(
    @Arg('one', () => Nesting, { nullable: true }) one: Nesting | null,
    @Arg('many', () => [Flat], { nullable: true }) many: Flat[] | null,
    @Args(() => NestingArgs) args: NestingArgs,
  ): boolean {
    return note(one, many, args);
  }

  @Query(() => Boolean)
  unchecked(@Arg('flat', () => Flat, { validateFn: () => undefined }) flat: Flat): boolean {
    return note(flat);
  }

  @Query(() => Boolean, { nullable: true })
  rejected(@Rejected value: unknown, @Args(() => Wanted) wanted: Wanted): boolean {
    return note(value, wanted);
  }

  @Query(() => Thing)
  thing(): Thing {
    return new Thing();
  }
}

@Resolver(() => Thing)
class ThingFields {
  @FieldResolver(() => Boolean)
  is(@Root() { name }: Thing, @Args(() => Wanted) wanted: Wanted): boolean {
    return note(name, wanted);
  }
}

const build = () => buildSchemaSync({ resolvers: [Questions, ThingFields], validate: true, validateFn: validateInput });

/** The answer, the arguments of the resolver calls, and whether all of it was synchronous. */
async function outcomeOf(source: string, schema: GraphQLSchema) {
  calls.length = 0;
  const answer = execute({ schema, document: parse(source) });
  const atOnce = !(answer instanceof Promise);
  const { data, errors } = await answer;
  return { atOnce, outcome: { data, errors: errors?.map((error) => error.toJSON()), calls: [...calls] } };
}

const AT_ONCE = [
  '{ plain(code: "a") }',
  '{ plain(code: "a", unit: null, numbers: null) }',
  '{ plain(code: "a", unit: BLUE, numbers: [1, 2]) }',
  '{ args }',
  '{ args(first: null, label: null, colours: null) }',
  '{ args(first: 1, order: "down", label: "x", colours: [RED, BLUE]) }',
  '{ input }',
  '{ input(flat: null) }',
  '{ input(flat: {}) }',
  '{ input(flat: { label: null, numbers: [1] }) }',
  '{ unchecked(flat: { label: " " }) }',
  '{ thing { is } }',
  '{ thing { is(first: 1, label: "x") } }',
];
const WAITED_FOR = [
  '{ awaited(flat: { label: "x" }, first: 1) }',
  '{ nesting }',
  '{ nesting(one: null, many: null, flat: null) }',
  '{ nesting(one: { flat: { label: "x" } }, many: [{ label: "y" }, {}], flat: { numbers: [] }) }',
];
const REFUSED = [
  '{ args(first: -1, label: "") }',
  '{ input(flat: { label: " " }) }',
  '{ awaited(flat: {}, first: -1) }',
  '{ thing { is(first: -1) } }',
  '{ rejected(first: -1) }',
  '{ rejected }',
];

describe('arguments that are read synchronously', () => {
  const schema = build();
  const typeGraphql = new Map<string, Awaited<ReturnType<typeof outcomeOf>>>();

  beforeAll(async () => {
    for (const source of [...AT_ONCE, ...WAITED_FOR, ...REFUSED]) {
      typeGraphql.set(source, await outcomeOf(source, schema));
    }
    readArgumentsAtOnce(validateInput);
  });

  test.each(AT_ONCE)('are what type-graphql would have read, without its promises: %s', async (source) => {
    const { atOnce, outcome } = await outcomeOf(source, schema);
    expect(outcome.calls).toHaveLength(1);
    expect(outcome).toStrictEqual(typeGraphql.get(source)?.outcome);
    expect({ atOnce, before: typeGraphql.get(source)?.atOnce }).toEqual({ atOnce: true, before: false });
  });

  test.each(WAITED_FOR)('are awaited if something asynchronous is involved: %s', async (source) => {
    const { atOnce, outcome } = await outcomeOf(source, schema);
    expect(outcome.calls).toHaveLength(1);
    expect(outcome).toStrictEqual(typeGraphql.get(source)?.outcome);
    expect(atOnce).toBe(false);
  });

  test.each(REFUSED)('are refused as type-graphql refuses them, with a promise: %s', async (source) => {
    const { atOnce, outcome } = await outcomeOf(source, schema);
    expect(outcome.errors).toHaveLength(1);
    expect(outcome).toStrictEqual(typeGraphql.get(source)?.outcome);
    expect(atOnce).toBe(false);
  });

  test('stay in the schema when it is built again', async () => {
    const again = build();
    expect(printSchema(again)).toBe(printSchema(schema));
    readArgumentsAtOnce(validateInput);
    for (const source of AT_ONCE) expect(await outcomeOf(source, again)).toMatchObject({ atOnce: true });
  });
});
