// Prints what the client package knows of schema.graphql into client/src/generated: the types of its own documents, and what caches
// have to know of types. With --check, only says whether the files are up to date: `npm run client-types`.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeOrCheck } from '../printed-file.mjs';

// The generator, its plugin and this script have to share one copy of graphql.
const require = createRequire(import.meta.url);
const { codegen } = require('@graphql-codegen/core');
const operations = require('@graphql-codegen/typescript-operations');
const {
  buildSchema,
  concatAST,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  print,
  validate,
} = require('graphql');

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = path.join(root, 'client/src/documents');
const generated = 'client/src/generated';
const NOTE = '// Printed by `npm run client-types`.\n';

const schemaText = readFileSync(path.join(root, 'schema.graphql'), 'utf8');
const schema = buildSchema(schemaText);
const documents = readdirSync(sources)
  .sort()
  .map((name) => ({ location: name, document: parse(readFileSync(path.join(sources, name), 'utf8')) }));
const whole = concatAST(documents.map(({ document }) => document));

const errors = validate(schema, whole);
for (const error of errors) console.error(`${error}\n`);
if (errors.length > 0) process.exit(1);

const text = (value) => ({ input: value, output: value });
const types = await codegen({
  filename: `${generated}/api.ts`,
  schema: parse(schemaText),
  documents,
  // Amounts, positions and times are texts: nothing of them is lost.
  config: {
    scalars: {
      ID: text('string'),
      DateTime: 'string',
      Decimal: 'string',
      JSON: 'unknown',
      LocalDate: 'string',
      Moment: 'string',
      Position: 'string',
    },
    strictScalars: true,
    skipTypename: true,
    enumType: 'string-literal',
    immutableTypes: true,
    arrayInputCoercion: false,
    inputMaybeValue: 'T | null | undefined',
  },
  plugins: [{ operations: {} }],
  pluginMap: { operations },
});

const feedChange = whole.definitions.find(
  ({ kind, name }) => kind === 'FragmentDefinition' && name.value === 'FeedChange',
);
const fields = feedChange.selectionSet.selections
  .filter(({ name }) => !['eventId', 'position'].includes(name.value))
  .map((field) => print(field).replace(/\s+/g, ' '))
  .join(' ');
writeOrCheck(
  `${generated}/api.ts`,
  `${NOTE}${types.trim()}\n\n/** The selection of FeedChangeFragment, without what is always selected. */\nexport const FEED_CHANGE_FIELDS =\n  '${fields}';\n`,
  'client-types',
);

const all = Object.values(schema.getTypeMap());
const abstract = all.filter((type) => isInterfaceType(type) || isUnionType(type));
const possible = abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]);
const withoutId = all.filter(
  (type) => isObjectType(type) && !type.name.startsWith('__') && !('id' in type.getFields()),
);
const literal = (value) => JSON.stringify(value, null, 2);
writeOrCheck(
  `${generated}/cache-types.ts`,
  `${NOTE}
/** The types behind each interface and union of the schema. */
export const POSSIBLE_TYPES: Record<string, string[]> = ${literal(Object.fromEntries(possible))};

/** The types that have no id: a cache keeps them within the object that they were read from. */
export const TYPES_WITHOUT_ID: readonly string[] = ${literal(withoutId.map(({ name }) => name))};
`,
  'client-types',
);
