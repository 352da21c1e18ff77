import {
  getNamedType,
  GraphQLField,
  GraphQLObjectType,
  GraphQLOutputType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import { proposalCode } from '../../src/command-handling/event-id';
import { schema } from '../../src/app/features';

const NODE = schema.getType('Node');
if (!isInterfaceType(NODE)) throw new Error('There is no interface Node');

/** All types that have an id. */
export const NODE_TYPES: readonly string[] = schema.getPossibleTypes(NODE).map(({ name }) => name);

/** The proposal of the world (world.ts). */
export const PROPOSED = 'the reduction';
export const PROPOSAL = proposalCode({ entityType: 'BUDGET', code: 'D1.2023' }, PROPOSED);

/** The value for an argument, by its name, or by its field and its name. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  'department.code': '"D1"',
  'task.code': '"T1"',
  'indicator.code': '"I1"',
  'scoringTemplate.code': '"S1"',
  'trialScores.template': '"S1"',
  'proposal.code': `"${PROPOSAL}"`,
  department: '"D1"',
  fiscalYear: '2023',
  from: '"2023-01-01"',
  to: '"2023-12-31"',
  step: 'QUARTER',
  ids: '["no id"]',
  first: '8',
};

type IsWanted = (field: GraphQLField<unknown, unknown>) => boolean;

const EVERY: IsWanted = () => true;

/**
 * An inline fragment on the type with all its fields, or all that are wanted: leaves, embedded objects with all of theirs (for a page, its
 * nodes), and the ids of other nodes.
 */
export function everyFieldOf(typeName: string, isWanted = EVERY): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  return `... on ${typeName} ${selectionOf(type, isWanted)}`;
}

const selectionOf = (type: GraphQLObjectType, isWanted: IsWanted): string =>
  `{ __typename ${Object.values(type.getFields())
    .filter((field) => field.name !== 'edges' && isWanted(field))
    .map((field) => fieldOf(field, isWanted))
    .join(' ')} }`;

function fieldOf(field: GraphQLField<unknown, unknown>, isWanted: IsWanted): string {
  const given = field.args
    .filter((argument) => isRequiredArgument(argument) || argument.name === 'first')
    .map(({ name }) => {
      const value = ARGUMENTS[`${field.name}.${name}`] ?? ARGUMENTS[name];
      if (value === undefined) throw new Error(`No value is known for the argument ${name} of ${field.name}`);
      return `${name}: ${value}`;
    });
  return `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${below(field.type, isWanted)}`;
}

function below(output: GraphQLOutputType, isWanted: IsWanted): string {
  const type = getNamedType(output);
  if (isLeafType(type)) return '';
  if (isNode(type.name)) return '{ __typename id }';
  if (isUnionType(type) || isInterfaceType(type)) throw new Error(`Nothing is known of ${type.name}`);
  return selectionOf(type, isWanted);
}

const isNode = (typeName: string): boolean => typeName === 'Node' || NODE_TYPES.includes(typeName);
