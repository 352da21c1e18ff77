import { withoutFileDescriptors } from '../support/without-file-descriptors';

test('if the machine starts no process, that is an outage, and no promise is left behind', async () => {
  const load = `
    const { readFile } = require('./src/imports/file/read-file');
    const { ProcessStarter } = require('./src/machine/starter/process-starter');`;
  const work = "await tell(() => readFile([Buffer.from('a,b')], { starter: new ProcessStarter() }));";
  expect(await withoutFileDescriptors(load, work)).toBe('Outage EMFILE\n');
});
