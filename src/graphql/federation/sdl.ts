import {
  ConstDirectiveNode,
  DefinitionNode,
  FieldDefinitionNode,
  GraphQLSchema,
  Kind,
  parse,
  print,
  printSchema,
} from 'graphql';

/** What the directives of federation say of the types of a subgraph. */
export interface Marks {
  /** The keys of a type, each as its fields with spaces between them; none for a type that is no entity. */
  readonly keysOf: (typeName: string) => readonly string[];
  /** Whether a type is the same in other subgraphs. */
  readonly isShared: (typeName: string) => boolean;
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

/** What a subgraph has for gateways only. The specification of federation gives the names. */
const MACHINERY: ReadonlySet<string> = new Set(['_Any', '_Entity', '_Service', '_entities', '_service']);

/** The schema of a subgraph as gateways read it. */
export function subgraphSdl(schema: GraphQLSchema, marks: Marks): string {
  const { definitions } = parse(printSchema(schema), { noLocation: true });
  const shown = definitions
    .filter((definition) => !('name' in definition && definition.name && MACHINERY.has(definition.name.value)))
    .map((definition) => marked(definition, marks));
  return `${LINK}\n\n${print({ kind: Kind.DOCUMENT, definitions: shown })}\n`;
}

function marked(definition: DefinitionNode, { keysOf, isShared }: Marks): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const { value } = definition.name;
  const keys = keysOf(value).map((fields) => directive(`@key(fields: "${fields}")`));
  const isOfApi = ({ name }: FieldDefinitionNode): boolean => !MACHINERY.has(name.value);
  return {
    ...definition,
    fields: definition.fields?.filter(isOfApi),
    directives: isShared(value) ? [...keys, directive('@shareable')] : keys,
  };
}

function directive(text: string): ConstDirectiveNode {
  const [scalar] = parse(`scalar Marked ${text}`, { noLocation: true }).definitions;
  const [found] = (scalar?.kind === Kind.SCALAR_TYPE_DEFINITION && scalar.directives) || [];
  if (found === undefined) throw new Error(`${text} is no directive`);
  return found;
}
