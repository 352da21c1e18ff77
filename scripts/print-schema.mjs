// Prints the API of the built program to schema.graphql, and what the client package knows of it; with --check, only says whether the
// committed files are up to date.
import { createRequire } from 'node:module';
import { writeOrCheck } from './printed-file.mjs';

const require = createRequire(import.meta.url);
const { lexicographicSortSchema, printSchema } = require('graphql');
const { schema } = require('../dist/app/features.js');

writeOrCheck('schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`, 'schema');

// It reads the file.
await import('./client/types.mjs');
