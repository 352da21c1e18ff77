import { ArrayMaxSize, Min, ValidateNested } from 'class-validator';
import { graphql, GraphQLError, GraphQLInputObjectType } from 'graphql';
import { Arg, Args, ArgsType, buildSchemaSync, Field, Float, InputType, Int, Query, Resolver } from 'type-graphql';
import {
  IsDecimal,
  IsFiscalYear,
  IsLabel,
  IsLedgerCode,
  IsLocalDate,
  IsMoment,
  IsPosition,
  IsText,
  validateInput,
} from '../../src/graphql/validation';

@InputType()
class Line {
  @IsLedgerCode()
  @Field(() => String)
  code!: string;

  @ValidateNested({ each: true })
  @Field(() => [Line], { nullable: true })
  lines?: Line[] | null;
}

@InputType()
class Input {
  @IsLedgerCode()
  @Field(() => String, { nullable: true })
  code?: string | null;

  @IsLocalDate()
  @Field(() => String, { nullable: true })
  date?: string | null;

  @IsMoment()
  @Field(() => String, { nullable: true })
  moment?: string | null;

  @IsPosition()
  @Field(() => String, { nullable: true })
  position?: string | null;

  @IsLabel()
  @Field(() => String, { nullable: true })
  label?: string | null;

  @IsText()
  @Field(() => String, { nullable: true })
  text?: string | null;

  @IsLabel({ each: true })
  @Field(() => [String], { nullable: true })
  labels?: string[] | null;

  @IsDecimal()
  @Field(() => String, { nullable: true })
  decimal?: string | null;

  @IsDecimal({ min: '0', max: '100' })
  @Field(() => String, { nullable: true })
  score?: string | null;

  @IsFiscalYear()
  @Field(() => Float, { nullable: true })
  year?: number | null;

  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Field(() => [Line], { nullable: true })
  lines?: Line[] | null;

  @ValidateNested()
  @Field(() => Line, { nullable: true })
  line?: Line | null;
}

@ArgsType()
class PageArgs {
  @Min(0, { message: 'must not be less than 0' })
  @Field(() => Int, { nullable: true })
  first?: number | null;

  @IsMoment()
  @Field(() => String, { nullable: true })
  from?: string | null;
}

@Resolver()
class Checks {
  @Query(() => Boolean)
  one(@Arg('input', () => Input) _input: Input): boolean {
    return true;
  }

  @Query(() => Boolean)
  two(
    @Arg('from', () => Input, { nullable: true }) _from: Input | null,
    @Arg('to', () => Input, { nullable: true }) _to: Input | null,
  ): boolean {
    return true;
  }

  @Query(() => Boolean)
  page(
    @Args(() => PageArgs) _args: PageArgs,
    @Arg('filter', () => Input, { nullable: true }) _filter: Input | null,
    @Arg('codes', () => [String], { nullable: true }) _codes: string[] | null,
  ): boolean {
    return true;
  }
}

const schema = buildSchemaSync({ resolvers: [Checks], validate: true, validateFn: validateInput });

async function errorOf(source: string, variableValues?: Record<string, unknown>): Promise<GraphQLError | undefined> {
  const { errors } = await graphql({ schema, source, variableValues });
  return errors?.[0];
}
const violationsIn = async (source: string, variables?: Record<string, unknown>): Promise<unknown> =>
  (await errorOf(source, variables))?.extensions.violations;
const violationsOf = (input: Partial<Input>): Promise<unknown> =>
  violationsIn('query($input: Input!) { one(input: $input) }', { input });

const CODE = 'must be a code: letters, digits, _ and -, at most 64, beginning with a letter or digit';

describe('an input', () => {
  test('that is valid is accepted', async () => {
    const input: Input = {
      code: '441300-DSJ',
      date: '2024-02-29',
      moment: '2023-06-30T00:00:00+08:00',
      position: '0',
      label: '市政数局',
      text: '',
      labels: ['a'],
      decimal: '-1.50',
      score: '100.00',
      year: 2023,
      lines: [{ code: 'L1' }, { code: 'L2', lines: [{ code: 'L3' }] }],
      line: { code: 'L1' },
    };
    expect(await errorOf('query($input: Input!) { one(input: $input) }', { input })).toBeUndefined();
  });

  test('may have the longest texts, the largest and the smallest numbers', async () => {
    const longest = { code: 'x'.repeat(64), label: 'x'.repeat(500), text: 'x'.repeat(20_000) };
    expect(await violationsOf({ ...longest, score: '0', year: 1949 })).toBeUndefined();
    expect(await violationsOf({ score: '100', year: 9998 })).toBeUndefined();
  });

  test('that leaves everything out is accepted, and so is an explicit null', async () => {
    expect(await violationsOf({})).toBeUndefined();
    const { fields } = (schema.getType('Input') as GraphQLInputObjectType).toConfig();
    const nulls = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
    expect(Object.keys(nulls)).toHaveLength(12);
    expect(await violationsOf(nulls)).toBeUndefined();
  });

  test.each<[keyof Input, unknown, string]>([
    ['code', '', CODE],
    ['code', 'a.b', CODE],
    ['code', 'a'.repeat(65), CODE],
    ['date', '2023-02-29', 'must be a date that exists, such as 2023-06-30'],
    ['date', '2023-06-30T00:00:00Z', 'must be a date that exists, such as 2023-06-30'],
    ['moment', '2023-06-30T00:00:00', 'must be an RFC 3339 instant with an offset, or a date that exists'],
    ['moment', '', 'must be an RFC 3339 instant with an offset, or a date that exists'],
    ['position', '-1', 'must be a position of the log'],
    ['position', '18446744073709551616', 'must be a position of the log'],
    ['label', '', 'must not be blank, and at most 500 characters long'],
    ['label', ' \t\n　', 'must not be blank, and at most 500 characters long'],
    ['label', 'x'.repeat(501), 'must not be blank, and at most 500 characters long'],
    ['text', 'x'.repeat(20_001), 'must be at most 20000 characters long'],
    ['decimal', '1e3', 'must be a decimal number'],
    ['score', '-0.01', 'must be a decimal number of at least 0 and of at most 100'],
    ['score', '100.0000000001', 'must be a decimal number of at least 0 and of at most 100'],
    ['score', 'x', 'must be a decimal number of at least 0 and of at most 100'],
    ['year', 1948, 'must be a year from 1949 to 9998'],
    ['year', 2023.5, 'must be a year from 1949 to 9998'],
  ])('is refused with the path of the error: %s %j', async (name, value, message) => {
    const error = await errorOf('query($input: Input!) { one(input: $input) }', { input: { [name]: value } });
    const path = `/input/${name}`;
    expect(error?.extensions).toEqual({ code: 'BAD_USER_INPUT', violations: [{ path, message }] });
    expect(error?.message).toBe(`${path} ${message}`);
  });

  test('is refused with the path of each wrong item of a list', async () => {
    const message = 'must not be blank, and at most 500 characters long';
    expect(await violationsOf({ labels: ['a', ' ', 'b', ''] })).toEqual([
      { path: '/input/labels/1', message },
      { path: '/input/labels/3', message },
    ]);
  });

  test('is refused with everything wrong at once', async () => {
    expect(await violationsOf({ code: '', label: '', year: 0 })).toMatchObject([
      { path: '/input/code' },
      { path: '/input/label' },
      { path: '/input/year' },
    ]);
  });

  test('is checked in depth, and a list item has its index in the path', async () => {
    const lines = [{ code: 'L1' }, { code: 'L 2', lines: [{ code: 'L3' }, { code: '' }] }];
    expect(await violationsOf({ lines, line: { code: '/' } })).toEqual([
      { path: '/input/lines/1/code', message: CODE },
      { path: '/input/lines/1/lines/1/code', message: CODE },
      { path: '/input/line/code', message: CODE },
    ]);
  });

  test('is refused if a list is too long', async () => {
    expect(await violationsOf({ lines: [{ code: 'L1' }, { code: 'L2' }, { code: 'L3' }] })).toMatchObject([
      { path: '/input/lines' },
    ]);
  });
});

describe('the path of a violation', () => {
  test('begins with the argument, even if a variable has another name or is only a part', async () => {
    expect(await violationsIn('query($x: Input!) { one(input: $x) }', { x: { code: '' } })).toMatchObject([
      { path: '/input/code' },
    ]);
    expect(await violationsIn('query($code: String) { one(input: { code: $code }) }', { code: '' })).toMatchObject([
      { path: '/input/code' },
    ]);
  });

  test('distinguishes the arguments of a field', async () => {
    expect(await violationsIn('{ two(from: { code: "a" }, to: { code: "" }) }')).toMatchObject([{ path: '/to/code' }]);
    expect(await violationsIn('{ two(from: { code: "" }, to: { code: "a" }) }')).toMatchObject([
      { path: '/from/code' },
    ]);
    expect(await violationsIn('{ two(to: { code: "" }) }')).toMatchObject([{ path: '/to/code' }]);
  });

  test("of several arguments begins with the argument's own name", async () => {
    expect(await violationsIn('{ page(first: -1) }')).toEqual([{ path: '/first', message: 'must not be less than 0' }]);
    expect(await violationsIn('{ page(first: -1, from: "x", filter: {}, codes: ["a"]) }')).toMatchObject([
      { path: '/first' },
      { path: '/from' },
    ]);
    expect(await violationsIn('{ page(first: 1, filter: { code: "" }) }')).toMatchObject([{ path: '/filter/code' }]);
  });
});
