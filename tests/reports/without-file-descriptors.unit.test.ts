import { withoutFileDescriptors } from '../support/without-file-descriptors';

test('if the machine starts no thread that writes files, that is an outage', async () => {
  const load = "const { WritingThread } = require('./src/reports/writing/writing-thread');";
  const work = 'await tell(() => new WritingThread().write({}, new AbortController().signal));';
  expect(await withoutFileDescriptors(load, work)).toMatch(/^Outage (EMFILE|ERR_WORKER_INIT_FAILED)\n$/);
});

test('if the machine opens no file and starts no process for a PDF, that is an outage', async () => {
  const load = `
    const { pdfOf } = require('./src/reports/formats/pdf/office');
    const { ProcessStarter } = require('./src/machine/starter/process-starter');`;
  const options = "{ program: 'true', timeoutMs: 60_000, maxMemoryKib: 1_000_000, starter: new ProcessStarter() }";
  const work = `await tell(() => pdfOf(Buffer.from('a document'), ${options}, new AbortController().signal));`;
  expect(await withoutFileDescriptors(load, work)).toBe('Outage EMFILE\n');
});
