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

withContract('the schema contains the contract', () => {
  const contract = buildSchema(readFileSync(CONTRACT, 'utf8'));
  expect(findBreakingChanges(contract, schema).map(({ description }) => description)).toEqual([]);
});

withContract('the defaults of arguments are those of the contract', () => {
  const contract = buildSchema(readFileSync(CONTRACT, 'utf8'));
  const changed = findDangerousChanges(contract, schema).filter(
    ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  );
  expect(changed).toEqual([]);
});
