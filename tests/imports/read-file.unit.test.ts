import { withoutFileDescriptors } from '../support/without-file-descriptors';

test('if the machine starts no process, that is an outage, and no promise is left behind', async () => {
  const load = "const { readFile } = require('./src/imports/file/read-file');";
  expect(await withoutFileDescriptors(load, "await tell(() => readFile(Buffer.from('a,b')));")).toBe('Outage EMFILE\n');
});
