import '../support/own-metadata';
import { execute, isObjectType, parse } from 'graphql';
import { buildSchemaSync, Field, FieldResolver, ObjectType, Query, Resolver } from 'type-graphql';
import { CompiledExecution } from '../../src/graphql/execution/compiled-execution';
import { readGettersAsProperties } from '../../src/graphql/plain-getters';

let reads = 0;

@ObjectType()
class Part {
  @Field(() => String)
  readonly name: string = 'part';

  @Field(() => String)
  readonly kind: string = 'kind';
}

@ObjectType()
class Base {
  @Field(() => String, { simple: true })
  get inherited(): string {
    return 'base';
  }

  /** Not decorated: the resolver below answers. */
  get elsewhere(): string {
    return 'getter';
  }
}

@ObjectType()
class Whole extends Base {
  constructor(private readonly word: string) {
    super();
  }

  @Field(() => String, { nullable: true, simple: true })
  get leaf(): string {
    return this.word;
  }

  @Field(() => Part, { simple: true })
  get part(): Part {
    reads++;
    return new Part();
  }

  @Field(() => [Part], { simple: true })
  get parts(): Part[] {
    reads++;
    return [new Part(), new Part()];
  }

  @Field(() => String)
  method(): string {
    return `method of ${this.word}`;
  }
}

@ObjectType()
class Derived extends Whole {
  @Field(() => String, { simple: true })
  get derived(): string {
    return 'derived';
  }
}

@Resolver(() => Derived)
class DerivedResolver {
  @Query(() => Derived)
  whole(): Derived {
    return new Derived('word');
  }

  @FieldResolver(() => String)
  elsewhere(): string {
    return 'resolver';
  }
}

const QUERY = '{ whole { leaf inherited derived elsewhere method part { name kind } parts { name kind } } }';

const plain = buildSchemaSync({ resolvers: [DerivedResolver], validate: false });

beforeAll(() => {
  readGettersAsProperties(plain);
});

beforeEach(() => {
  reads = 0;
});

test('gives the same values as type-graphql', async () => {
  const contextValue = {};
  const wanted = {
    leaf: 'word',
    inherited: 'base',
    derived: 'derived',
    elsewhere: 'resolver',
    method: 'method of word',
    part: { name: 'part', kind: 'kind' },
    parts: [
      { name: 'part', kind: 'kind' },
      { name: 'part', kind: 'kind' },
    ],
  };
  const document = parse(QUERY);
  expect(await execute({ schema: plain, document, contextValue })).toEqual({ data: { whole: wanted } });
  expect(await new CompiledExecution(plain).execute({ document, contextValue })).toEqual({ data: { whole: wanted } });
});

test('reads an object once, however many of its fields are selected', async () => {
  await new CompiledExecution(plain).execute({ document: parse(QUERY), contextValue: {} });
  expect(reads).toBe(2);
});

test('removes the resolvers of leaves, and keeps other resolvers', () => {
  const type = plain.getType('Derived');
  if (!isObjectType(type)) throw new Error('no such type');
  const resolved = Object.values(type.getFields()).filter(({ resolve }) => resolve !== undefined);
  expect(resolved.map(({ name }) => name).sort()).toEqual(['elsewhere', 'method', 'part', 'parts']);
});
