// Prints the API of the built program to schema.graphql; with --check, only tells whether the committed file says the same.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { lexicographicSortSchema, printSchema } = require('graphql');
const { schema } = require('../dist/app/features.js');

const file = new URL('../schema.graphql', import.meta.url);
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== printed) {
    console.error('schema.graphql is not what the code prints; run: npm run build && npm run schema');
    process.exit(1);
  }
} else {
  writeFileSync(file, printed);
}
