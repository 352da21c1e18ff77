import path from 'node:path';
import { RequestAborted } from '../../src/kernel/outage';
import { FileOrder } from '../../src/reports/writing/file-order';
import { FileWriter } from '../../src/reports/writing/file-writer';
import { WritingThread, WritingThreadOptions } from '../../src/reports/writing/writing-thread';
import { writtenFile } from '../../src/reports/writing/written-file';
import { cleanUps } from '../support/clean-ups';
import { YEAR } from './year';

const onEnd = cleanUps();
const TYPESCRIPT = ['--require', path.join(__dirname, '../support/run-typescript.cjs')];
const MARKDOWN = { format: 'md', report: { kind: 'evaluation', year: YEAR } } as const;

function writerOf(options: WritingThreadOptions = {}): FileWriter {
  const writer = new FileWriter(new WritingThread({ execArgv: TYPESCRIPT, ...options }));
  onEnd(() => writer.close());
  return writer;
}

const write = (writer: FileWriter, order: FileOrder = MARKDOWN, owner = 'u-1', leaving = new AbortController()) =>
  writer.write(order, { owner, leaving: leaving.signal, took: () => undefined });

test('the thread writes the same bytes as a function call, in every format', async () => {
  const writer = writerOf();
  const { report } = MARKDOWN;
  const orders: readonly FileOrder[] = [
    MARKDOWN,
    { format: 'html', report },
    { format: 'docx', report },
    { format: 'xlsx', form: { form: 'department', year: YEAR } },
  ];
  for (const order of orders) {
    expect(Buffer.from(await write(writer, order)).equals(Buffer.from(await writtenFile(order)))).toBe(true);
  }
});

test.each([
  ['has too little memory', { heapMb: 1 }, /too much memory/],
  ['takes too long', { timeoutMs: 1 }, /longer than 0.001 s/],
  ['cannot start', { execArgv: ['--require', './none.cjs'] }, /none.cjs/],
])('a thread that %s ends, and the caller is told', async (_what, options, message) => {
  await expect(write(writerOf(options))).rejects.toMatchObject({ message: expect.stringMatching(message) });
});

test('a client that leaves ends the thread, and the next file starts another one', async () => {
  const writer = writerOf();
  const leaving = new AbortController();
  const [left, next] = [write(writer, MARKDOWN, 'u-1', leaving), write(writer)];
  leaving.abort();
  await expect(left).rejects.toThrow(RequestAborted);
  expect(Buffer.from(await next).toString()).toContain('绩效自评报告');
});

test('a fault in the thread is thrown here, and the next file is written', async () => {
  const writer = writerOf();
  await expect(write(writer, { format: 'md', report: {} } as never)).rejects.toMatchObject({ name: 'TypeError' });
  await expect(write(writer)).resolves.toBeDefined();
});

test('one caller may wait for eight files, and others still get theirs', async () => {
  const writer = writerOf();
  const began: string[] = [];
  const make = (owner: string) =>
    writer.admit(owner, () => {
      began.push(owner);
      return write(writer, MARKDOWN, owner);
    });
  const asked = Array.from({ length: 9 }, () => make('u-1'));
  const other = make('u-2');
  // Nothing is read for the ninth.
  expect(began).toEqual([...Array<string>(8).fill('u-1'), 'u-2']);
  const results = await Promise.allSettled(asked);
  expect(results.map(({ status }) => status)).toEqual([...Array<string>(8).fill('fulfilled'), 'rejected']);
  expect(results[8]).toMatchObject({ reason: { name: 'WritingError', reason: 'BUSY' } });
  await expect(other).resolves.toBeDefined();
  await expect(make('u-1')).resolves.toBeDefined();
});
