import { buildSchema, DangerousChangeType, findBreakingChanges, findDangerousChanges } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { schema } from '../../src/app/features';

/** Lies beside the project's folder where the project is developed; a clone alone does not have it. */
const CONTRACT = path.resolve(__dirname, '../../../shared/contract.graphql');
const withContract = existsSync(CONTRACT) ? test : test.skip;
if (!existsSync(CONTRACT)) {
  process.stderr.write('The API contract is not beside this clone: its containment is not checked\n');
}

/** What the contract has and this version does not: tracing and the subscription. */
const LATER = ['Subscription', 'FeedItem', 'FeedMark', 'FeedMarkKind'].sort();

withContract('the schema contains the contract, but for what comes later', () => {
  const contract = buildSchema(readFileSync(CONTRACT, 'utf8'));
  const changes = findBreakingChanges(contract, schema).map(({ description }) => description);
  const removed = changes.flatMap((text) => /^(?<name>[\w.]+) was removed\.$/.exec(text)?.groups?.name ?? []);
  expect(changes.filter((text) => !text.endsWith(' was removed.'))).toEqual([]);
  expect(removed.sort()).toEqual(LATER);
});

withContract('the defaults of arguments are those of the contract', () => {
  const contract = buildSchema(readFileSync(CONTRACT, 'utf8'));
  const changed = findDangerousChanges(contract, schema).filter(
    ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  );
  expect(changed).toEqual([]);
});
