import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  GraphQLArgument,
  GraphQLEnumType,
  GraphQLField,
  GraphQLNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../src/app/features';
import { printed } from '../oracle/time';
import { Oracle } from '../oracle/oracle';
import { clockOfHistory, historyArbitrary, play } from '../support/histories/history';
import { LocalLedger, withLedger } from '../support/ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { expectSameCompiled } from './compiled';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

/** Random questions about random histories: what is answered compiled is what graphql-js answers. */

const DEEPEST = 6;
const QUESTIONS = 40;

/** Chooses one of so many; the same choices make the same question. */
type Choose = (count: number) => number;

/** What arguments are given: texts of the ledger's own, or wrong ones. */
interface Material {
  readonly codes: readonly string[];
  readonly ids: readonly string[];
  readonly positions: readonly string[];
  readonly moments: readonly string[];
}

class Question {
  private aliases = 0;

  constructor(
    private readonly choose: Choose,
    private readonly material: Material,
  ) {}

  text(): string {
    return `query($yes: Boolean = true, $no: Boolean = false, $unit: MoneyUnit) ${this.selection(schema.getQueryType()!, 1)}`;
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    const parts = Array.from({ length: 1 + this.choose(4) }, () => this.part(type, depth));
    // All variables have to be used, and some field has to be there.
    const rest = depth === 1 ? 'ledger @skip(if: $no) { demo @include(if: $yes) } ' + this.unitUser() : '__typename';
    return `{ ${parts.join(' ')} ${rest} }`;
  }

  private unitUser(): string {
    return 'budgets(first: 1) { nodes { revised(unit: $unit) } }';
  }

  private part(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type) && (this.choose(3) > 0 || !isInterfaceType(type))) {
      const possible = schema.getPossibleTypes(type);
      const one = possible[this.choose(possible.length)]!;
      return `... on ${one.name} ${this.selection(one, depth)}`;
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < DEEPEST || isLeafType(getNamedType(field.type)),
    );
    return fields.length === 0 ? '__typename' : this.field(fields[this.choose(fields.length)]!, depth);
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const below = getNamedType(field.type);
    const directive = ['', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)'][this.choose(6)]!;
    const selection = isLeafType(below) ? '' : ` ${this.selection(below, depth + 1)}`;
    return `a${this.aliases++}: ${field.name}${this.args(field)}${directive}${selection}`;
  }

  private args({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap((arg) => {
      if (!isRequiredArgument(arg) && this.choose(3) > 0) return [];
      const value = this.value(arg);
      return value === undefined ? [] : [`${arg.name}: ${value}`];
    });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  private value({ name, type }: GraphQLArgument): string | undefined {
    const nullable = getNullableType(type);
    const named = getNamedType(type);
    const { codes, ids, positions, moments } = this.material;
    if (isEnumType(named)) {
      const value = this.enumValue(named);
      return nullable === named ? value : `[${value}]`;
    }
    switch (name) {
      case 'first':
      case 'last':
        return String(1 + this.choose(3));
      case 'after':
      case 'before':
        return JSON.stringify(this.one([...positions, ...codes, '!']));
      case 'id':
        return JSON.stringify(this.one([...ids, 'x']));
      case 'at':
      case 'from':
      case 'to':
        if (named.name === 'Moment') return JSON.stringify(this.one(moments));
        return this.choose(2) === 0
          ? `{ position: "${this.one(positions)}" }`
          : `{ effectiveAt: "${this.one(moments)}", position: "${this.one(positions)}" }`;
      case 'fiscalYear':
        return this.one(['2023', '2024']);
      case 'overdue':
        return this.one(['true', 'false']);
      case 'on':
        return '"2023-06-30"';
      case 'filter':
        return `{ departments: ["${this.one(codes)}"] }`;
      case 'effectiveFrom':
      case 'effectiveTo':
        return JSON.stringify(this.one(moments));
      default:
        return JSON.stringify(this.one(codes));
    }
  }

  private enumValue(type: GraphQLEnumType): string {
    const values = type.getValues();
    return values[this.choose(values.length)]!.name;
  }

  private one(texts: readonly string[]): string {
    return texts[this.choose(texts.length)]!;
  }
}

async function materialOf(ledger: LocalLedger): Promise<Material> {
  const oracle = new Oracle(await ledger.events());
  const found = await ledger.data(
    `{ departments { nodes { id code } } tasks { nodes { id code } } indicators { nodes { id code } } budgets { nodes { id } } }`,
  );
  const nodes = Object.values<any>(found).flatMap((page) => page.nodes as { id: string; code?: string }[]);
  return {
    codes: nodes.flatMap(({ code }) => (code === undefined ? [] : [code])),
    ids: nodes.map(({ id }) => id),
    positions: ['0', ...oracle.log.map(({ position }) => String(position))],
    moments: oracle.instants().map(printed),
  };
}

test('what is executed compiled says what graphql-js says', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(historyArbitrary(40), fc.gen(), (history, gen) => {
      const clock = clockOfHistory();
      return withLedger(clock, async (ledger) => {
        await play(history, ledger, clock);
        const material = await materialOf(ledger);
        const choose: Choose = (count) => gen(fc.nat, { max: count - 1 });
        for (let question = 0; question < QUESTIONS; question++) {
          const query = new Question(choose, material).text();
          await expectSameCompiled(ledger, query, { unit: 'WAN_YUAN' });
          answered++;
        }
      });
    }),
    runs(8),
  );
  expect(answered).toBeGreaterThan(0);
});
