import { buildSchema, DangerousChangeType, findBreakingChanges, findDangerousChanges, GraphQLSchema } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { schema } from '../../src/app/features';

/** The printed schema of each release. These files are never edited. */
const RELEASES = path.resolve(__dirname, '../../docs/schema');
const releases = readdirSync(RELEASES).filter((file) => file.endsWith('.graphql'));

/** Breaking changes since a release that are accepted, with the reason. */
const ACCEPTED: readonly { readonly change: RegExp; readonly reason: string }[] = [
  {
    change: /^Mutation\.\w+ changed type from (\w+Payload)! to \1\.$/,
    reason: 'A mutation that fails must not hide what the other mutations of its request recorded.',
  },
];

const schemaOf = (file: string): GraphQLSchema => buildSchema(readFileSync(path.join(RELEASES, file), 'utf8'));
const isAccepted = (description: string): boolean => ACCEPTED.some(({ change }) => change.test(description));

test('the schema of a release is kept', () => {
  expect(releases).toContain('0.1.0.graphql');
});

test.each(releases)('the schema keeps what %s promised', (file) => {
  const broken = findBreakingChanges(schemaOf(file), schema).map(({ description }) => description);
  expect(broken.filter((description) => !isAccepted(description))).toEqual([]);
});

test.each(releases)('the defaults of arguments are those of %s', (file) => {
  const changed = findDangerousChanges(schemaOf(file), schema).filter(
    ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  );
  expect(changed).toEqual([]);
});
