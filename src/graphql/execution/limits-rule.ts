import {
  ASTVisitor,
  FieldNode,
  getNamedType,
  GraphQLArgument,
  GraphQLField,
  GraphQLObjectType,
  GraphQLOutputType,
  isCompositeType,
  Kind,
  SelectionSetNode,
  ValidationContext,
} from 'graphql';
import { DEFAULT_PAGE_SIZE, Limits, MOST_POINTS } from '../../kernel/limits';
import { CALENDAR_STEPS, CalendarStep, parseMoment } from '../../kernel/time';
import { limitError } from '../errors';
import { isList } from './list-type';

/** How many items we assume for a list that has no page size. */
const ASSUMED_LIST_SIZE = 10;
/** Arguments with one item for each item of the answer. */
const GIVEN_LISTS: ReadonlySet<string> = new Set(['ids', 'representations']);
const SHORTEST_STEP_DAYS: Readonly<Record<CalendarStep, number>> = { DAY: 1, WEEK: 7, MONTH: 28, QUARTER: 90 };
const DAY_MS = 86_400_000;

/**
 * Refuses documents that are too deep or too complex, before anything is executed. Every field counts 1 for each time that it can
 * be answered. A list multiplies what is below it by its page size or its number of ids, and a series by the points that fit
 * between its bounds. A variable counts as the largest possible value, so the result is the same for all variables and can be
 * cached with the document.
 */
export function limitsRule({ maxDepth, maxComplexity, maxPageSize }: Limits) {
  return (context: ValidationContext): ASTVisitor => {
    const measured = new Map<string, Cost>();

    function measure(type: GraphQLOutputType | undefined, set: SelectionSetNode, open: readonly string[]): Cost {
      let cost = NOTHING;
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          cost = together(cost, ofField(type, selection, open));
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition?.name.value;
          const inner = condition === undefined ? type : outputType(condition);
          cost = together(cost, measure(inner, selection.selectionSet, open));
        } else {
          cost = together(cost, ofFragment(selection.name.value, open));
        }
      }
      return cost;
    }

    function ofField(parent: GraphQLOutputType | undefined, field: FieldNode, open: readonly string[]): Cost {
      if (field.name.value.startsWith('__')) return { depth: 1, complexity: 1 };
      const named = parent === undefined ? undefined : getNamedType(parent);
      const definition =
        named !== undefined && 'getFields' in named
          ? (named as GraphQLObjectType).getFields()[field.name.value]
          : undefined;
      const below = field.selectionSet === undefined ? NOTHING : measure(definition?.type, field.selectionSet, open);
      const items = definition === undefined ? 1 : itemsOf(field, definition);
      // The list fields of a page (nodes, edges) do not multiply: the page size has already been counted.
      const inPage = named !== undefined && named.name.endsWith('Connection');
      return { depth: below.depth + 1, complexity: 1 + below.complexity * (inPage ? 1 : items) };
    }

    /** A fragment is measured once; one that contains itself is left to the rule against it. */
    function ofFragment(name: string, open: readonly string[]): Cost {
      const known = measured.get(name);
      if (known !== undefined) return known;
      const fragment = context.getFragment(name);
      if (!fragment || open.includes(name)) return NOTHING;
      const type = outputType(fragment.typeCondition.name.value);
      const cost = measure(type, fragment.selectionSet, [...open, name]);
      measured.set(name, cost);
      return cost;
    }

    function outputType(name: string): GraphQLOutputType | undefined {
      const type = context.getSchema().getType(name);
      return isCompositeType(type) ? type : undefined;
    }

    function itemsOf(field: FieldNode, { args, type }: GraphQLField<unknown, unknown>): number {
      const first = args.find(({ name }) => name === 'first');
      if (first !== undefined) return pageSize(field, first);
      if (args.some(({ name }) => name === 'step')) return mostPoints(field);
      const given = args.find(({ name }) => GIVEN_LISTS.has(name));
      if (given !== undefined) return givenCount(field, given.name);
      return isList(type) ? ASSUMED_LIST_SIZE : 1;
    }

    function givenCount(field: FieldNode, list: string): number {
      const ids = field.arguments?.find(({ name }) => name.value === list)?.value;
      if (ids?.kind === Kind.VARIABLE) return maxPageSize;
      return ids?.kind === Kind.LIST ? Math.max(1, Math.min(maxPageSize, ids.values.length)) : 1;
    }

    function pageSize(field: FieldNode, { defaultValue }: GraphQLArgument): number {
      const given = field.arguments?.filter(({ name }) => name.value === 'first' || name.value === 'last') ?? [];
      const sizes = given.map(({ value }) => (value.kind === Kind.INT ? Number(value.value) : maxPageSize));
      if (sizes.length === 0) sizes.push(typeof defaultValue === 'number' ? defaultValue : DEFAULT_PAGE_SIZE);
      return Math.max(1, Math.min(maxPageSize, Math.max(...sizes)));
    }

    return {
      OperationDefinition(operation) {
        const root = context.getSchema().getRootType(operation.operation) ?? undefined;
        const { depth, complexity } = measure(root, operation.selectionSet, []);
        if (depth > maxDepth)
          context.reportError(limitError('maxDepth', `The query is ${depth} levels deep; ${maxDepth} are allowed`));
        if (complexity > maxComplexity) {
          context.reportError(
            limitError(
              'maxComplexity',
              `The query may answer ${complexity} fields; ${maxComplexity} are allowed: ask for smaller pages`,
            ),
          );
        }
      },
    };
  };
}

/**
 * The largest number of points that a series between these bounds has in any time zone. An unknown step counts as a day, an
 * unknown bound as infinitely far away.
 */
function mostPoints(field: FieldNode): number {
  const written = (argument: string): string | undefined => {
    const value = field.arguments?.find(({ name }) => name.value === argument)?.value;
    return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
  };
  const step = CALENDAR_STEPS.find((known) => known === written('step')) ?? 'DAY';
  const [from, to] = [timeOf(written('from')), timeOf(written('to'))];
  // A date as `to` means the end of that day. A range that begins and ends inside a step touches one step more than fits in it.
  const days = from === undefined || to === undefined ? Infinity : (to - from) / DAY_MS + 1;
  return Math.max(1, Math.min(MOST_POINTS[step], Math.ceil(days / SHORTEST_STEP_DAYS[step]) + 1));
}

function timeOf(text: string | undefined): number | undefined {
  const moment = text === undefined ? undefined : parseMoment(text);
  return moment?.kind === 'date' ? Date.parse(moment.date) : moment?.at;
}

interface Cost {
  readonly depth: number;
  readonly complexity: number;
}

const NOTHING: Cost = { depth: 0, complexity: 0 };
const together = (a: Cost, b: Cost): Cost => ({
  depth: Math.max(a.depth, b.depth),
  complexity: a.complexity + b.complexity,
});
