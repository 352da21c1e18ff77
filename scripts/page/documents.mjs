// Writes a type for each GraphQL document of the page (web/src/**/*.graphql), and its text, to web/src/generated/documents.ts.
// A document that does not fit schema.graphql ends the process.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// The generator, its plugins and this script have to share one copy of graphql.
const require = createRequire(import.meta.url);
const { codegen } = require('@graphql-codegen/core');
const operations = require('@graphql-codegen/typescript-operations');
const typedDocuments = require('@graphql-codegen/typed-document-node');
const { buildSchema, concatAST, parse, Source, validate } = require('graphql');

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = path.join(root, 'web/src');
const output = path.join(sources, 'generated/documents.ts');

const schemaText = readFileSync(path.join(root, 'schema.graphql'), 'utf8');
const schema = buildSchema(schemaText);
const documents = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => {
    const location = path.join('web/src', name);
    return { location, document: parse(new Source(readFileSync(path.join(sources, name), 'utf8'), location)) };
  });

const errors = validate(schema, concatAST(documents.map(({ document }) => document)));
for (const error of errors) console.error(`${error}\n`);
if (errors.length > 0) process.exit(1);

const text = await codegen({
  filename: output,
  schema: parse(schemaText),
  documents,
  // Amounts, positions and times are texts: nothing of them is lost.
  config: {
    scalars: {
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
    documentMode: 'string',
    useTypeImports: true,
    arrayInputCoercion: false,
    inputMaybeValue: 'T | null | undefined',
  },
  plugins: [{ operations: {} }, { typedDocuments: {} }],
  pluginMap: { operations, typedDocuments },
});
// If nothing changed, a compiler that reads the file meanwhile finds it whole.
if (!existsSync(output) || readFileSync(output, 'utf8') !== text) {
  mkdirSync(path.dirname(output), { recursive: true });
  writeFileSync(output, text);
}
