import '../support/own-metadata';
import { execute, parse, printSchema } from 'graphql';
import { Arg, buildSchemaSync, FieldResolver, Int, ObjectType, Field, Query, Resolver, Root } from 'type-graphql';
import { createParameterDecorator } from 'type-graphql';
import { readArgumentsAtOnce } from '../../src/graphql/arguments';
import { Arguments, ArgumentsOf, fieldArguments } from '../../src/graphql/field-arguments';
import { choice } from '../../src/input/choice';
import { date, integer, label, list, oneOf, optional, orDefault } from '../../src/input/fields';
import { Refused } from '../../src/kernel/refusal';
import { LedgerCalendar } from '../../src/kernel/time';

const Colours = choice('Colour', ['RED', 'BLUE'], '颜色。A colour.', { RED: '红。Red.', BLUE: '蓝。Blue.' });
const Wanted = fieldArguments(
  {
    first: orDefault(
      integer('', (value) => value >= 0, 'must not be less than 0'),
      5,
    ),
    label: optional(label()),
    on: optional(date()),
    colours: optional(list(oneOf(Colours), { most: 2 })),
  },
  ({ first, label: name }, { refuse }) => {
    if (first === 0 && name !== undefined) refuse('/label', 'needs a first');
  },
);
type Wanted = ArgumentsOf<typeof Wanted>;

@ObjectType()
class Thing {
  @Field(() => String)
  readonly name: string = 'a thing';
}

/** The arguments of each call of a resolver, in order. */
const calls: unknown[][] = [];
const note = (...values: unknown[]): boolean => calls.push(values) > 0;
const Later = createParameterDecorator(() => Promise.resolve('later')) as ParameterDecorator;

@Resolver()
class Questions {
  @Query(() => Boolean)
  plain(
    @Arg('code', () => String) code: string,
    @Arg('numbers', () => [Int], { nullable: true }) numbers?: number[] | null,
  ): boolean {
    return note(code, numbers);
  }

  @Query(() => Boolean)
  declared(@Arguments(Wanted) wanted: Wanted): boolean {
    return note(wanted);
  }

  @Query(() => Boolean)
  both(@Arguments(Wanted) wanted: Wanted, @Arg('code', () => String) code: string): boolean {
    return note(wanted, code);
  }

  @Query(() => Boolean)
  awaited(@Later later: string, @Arguments(Wanted) wanted: Wanted): boolean {
    return note(later, wanted);
  }

  @Query(() => Thing)
  thing(): Thing {
    return new Thing();
  }
}

@Resolver(() => Thing)
class ThingFields {
  @FieldResolver(() => Boolean)
  is(@Root() { name }: Thing, @Arguments(Wanted) wanted: Wanted): boolean {
    return note(name, wanted);
  }
}

const build = () => buildSchemaSync({ resolvers: [Questions, ThingFields], validate: false });
const schema = build();
readArgumentsAtOnce();

const contextValue = { services: { calendar: new LedgerCalendar('Asia/Shanghai') } };

const variableValues = { code: '\uD800' };

async function outcomeOf(source: string) {
  calls.length = 0;
  const answer = execute({ schema, document: parse(source), contextValue, variableValues });
  const atOnce = !(answer instanceof Promise);
  const { errors } = await answer;
  return { atOnce, calls: [...calls], refusal: (errors?.[0]?.originalError as Refused | undefined)?.refusal };
}

const NOTHING: Wanted = { first: 5, label: undefined, on: undefined, colours: undefined };

test.each<[string, readonly unknown[]]>([
  ['{ plain(code: "a") }', ['a', undefined]],
  ['{ plain(code: "a", numbers: null) }', ['a', null]],
  ['{ plain(code: "a", numbers: [1, 2]) }', ['a', [1, 2]]],
  ['{ declared }', [NOTHING]],
  ['{ declared(first: null, label: null, colours: null) }', [NOTHING]],
  [
    '{ declared(first: 1, label: "x", on: "2023-06-30", colours: [RED, BLUE]) }',
    [{ first: 1, label: 'x', on: '2023-06-30', colours: ['RED', 'BLUE'] }],
  ],
  ['{ both(first: 1, code: "a") }', [{ ...NOTHING, first: 1 }, 'a']],
  ['{ thing { is(first: 1) } }', ['a thing', { ...NOTHING, first: 1 }]],
])('%s is read without a promise', async (source, expected) => {
  expect(await outcomeOf(source)).toEqual({ atOnce: true, calls: [expected], refusal: undefined });
});

test('the resolver runs after a parameter that is a promise has resolved', async () => {
  expect(await outcomeOf('{ awaited(first: 1) }')).toEqual({
    atOnce: false,
    calls: [['later', { ...NOTHING, first: 1 }]],
    refusal: undefined,
  });
});

test.each<[string, readonly string[]]>([
  ['{ declared(first: -1, label: "") }', ['/first', '/label']],
  ['{ declared(first: 0, label: "x") }', ['/label']],
  ['{ declared(on: "2023-02-29", colours: [RED, RED, RED]) }', ['/on', '/colours']],
  ['{ awaited(first: -1) }', ['/first']],
  ['{ thing { is(first: -1) } }', ['/first']],
  ['query($code: String!) { plain(code: $code) }', ['/code']],
])('%s is refused with the path of each violation', async (source, paths) => {
  const { calls: made, refusal } = await outcomeOf(source);
  expect(made).toEqual([]);
  expect(refusal).toMatchObject({ kind: 'BAD_USER_INPUT', violations: paths.map((path) => ({ path })) });
});

test('the schema can be built again', () => {
  expect(printSchema(build())).toBe(printSchema(schema));
});
