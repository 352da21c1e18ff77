import fc from 'fast-check';
import { runs } from '../support/property';
import { FormPart, MalformedForm, partsOf } from '../../src/http/multipart';

/** What the parts say, put together. */
const contents = (parts: readonly FormPart[]) =>
  parts.map(({ name, fileName, pieces }) => ({ name, fileName, content: Buffer.concat(pieces).toString('latin1') }));

function bodyOf(boundary: string, parts: readonly { name: string; fileName?: string; content: string }[]): Buffer {
  const texts = parts.map(({ name, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
  });
  return Buffer.from(`${texts.join('')}--${boundary}--\r\n`, 'latin1');
}

/** The bytes as they may arrive: in front of lines, and a few bytes into them. */
function cutAt(body: Buffer, cuts: readonly (readonly [number, number])[]): Buffer[] {
  const lines = [...body.toString('latin1').matchAll(/\r/g)].map(({ index }) => index);
  const places = cuts.map(([line, into]) => (lines[line % lines.length] ?? 0) + into);
  const sorted = [...new Set([0, ...places.filter((place) => place < body.length), body.length])].sort((a, b) => a - b);
  return sorted.slice(1).map((place, index) => Buffer.from(body.subarray(sorted[index], place)));
}

// Content that looks like the begin of a boundary, again and again.
const boundary = fc.constantFrom('b', '-', 'a'.repeat(70), '--b', 'aab');
const text = fc.constantFrom('\r', '\n', '\r\n', '--', 'b', '\r\n--', '\r\n--a', '\xff', 'a'.repeat(69));
const long = text.map((end) => 'x'.repeat(20_000) + end);
const content = fc.array(fc.oneof(text, long)).map((texts) => texts.join(''));
const part = fc.record({
  name: fc.constantFrom('file', 'map', ''),
  fileName: fc.option(fc.constantFrom('a.xlsx', ''), { nil: undefined }),
  content,
});

test('whatever the content, and wherever it is cut, the parts are what was sent', async () => {
  const sent = fc.array(part, { minLength: 1, maxLength: 4 });
  const cuts = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 8 })));
  await fc.assert(
    fc.asyncProperty(boundary, sent, cuts, async (mark, parts, places) => {
      fc.pre(parts.every(({ content: own }) => !`\r\n${own}\r\n`.includes(`\r\n--${mark}`)));
      const body = cutAt(bodyOf(mark, parts), places);
      expect(contents(await partsOf(`multipart/form-data; boundary="${mark}"`, body, 4))).toEqual(parts);
    }),
    runs(200),
  );
});

const TYPE = 'multipart/form-data; boundary=b';

test('any bytes are parts, or are refused', async () => {
  const token = fc.constantFrom(
    '--b',
    '\r\n',
    '--',
    'Content-Disposition: form-data',
    '; name="file"',
    '; filename="a"',
    ':',
    'x',
    '\0',
  );
  const bytes = fc.array(token).map((tokens) => Buffer.from(tokens.join('')));
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 5 }), async (body) => {
      try {
        contents(await partsOf(TYPE, body, 3));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedForm);
      }
    }),
    runs(200),
  );
});

test('a body that ends early is refused, wherever it ends', async () => {
  const body = bodyOf('b', [{ name: 'file', fileName: 'a', content: 'text' }]);
  // Without the end of the last line it is whole.
  for (let end = 0; end < body.length - 2; end++) {
    await expect(partsOf(TYPE, [body.subarray(0, end)], 3)).rejects.toThrow(MalformedForm);
  }
});

test('more parts than may be are refused', async () => {
  const parts = Array.from({ length: 4 }, (_, index) => ({ name: `p${index}`, content: 'a'.repeat(50_000) }));
  const body = [bodyOf('b', parts)];
  expect(await partsOf(TYPE, body, 4)).toHaveLength(4);
  await expect(partsOf(TYPE, body, 3)).rejects.toThrow(MalformedForm);
});

test.each([
  'multipart/form-data',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'b'.repeat(71)}`,
  'boundary=b',
  '',
])('a body of the type %j is refused', async (type) => {
  await expect(partsOf(type, [bodyOf('b', [])], 3)).rejects.toThrow(MalformedForm);
});

test('a file has the name that it was sent with', async () => {
  const form = new FormData();
  form.set('file', new File(['text'], '预算 "甲"/a%25\n.xlsx'));
  const sent = new Response(form);
  const body = Buffer.from(await sent.arrayBuffer());
  const [file] = await partsOf(sent.headers.get('content-type') ?? '', [body], 3);
  expect(file?.fileName).toBe('预算 "甲"/a%25\n.xlsx');
});

test('work that has to end is not gone on with', async () => {
  const parts = [{ name: 'file', fileName: 'a', content: 'a'.repeat(500_000) }];
  const work = { took: () => undefined, requireGoing: () => { throw new Error('nobody waits'); } }; // prettier-ignore
  await expect(partsOf(TYPE, [bodyOf('b', parts)], 3, work)).rejects.toThrow('nobody waits');
});

test.each([
  ['has no header', ''],
  ['has no name', 'Content-Disposition: attachment; name="dryRun"\r\n'],
  ['has headers with other ends of lines', 'X: y\nContent-Disposition: form-data; name="dryRun"\r\n'],
  ['has too many headers', `${'X: y\r\n'.repeat(10)}Content-Disposition: form-data; name="dryRun"\r\n`],
])('a body is refused if a part of it %s', async (_, headers) => {
  const whole = bodyOf('b', [{ name: 'file', fileName: 'a', content: 'text' }]).subarray(0, -'--b--\r\n'.length);
  const body = Buffer.concat([whole, Buffer.from(`--b\r\n${headers}\r\n1\r\n--b--\r\n`)]);
  for (const cut of [body.length, 100, whole.length, whole.length + 2]) {
    await expect(partsOf(TYPE, [body.subarray(0, cut), body.subarray(cut)], 3)).rejects.toThrow(MalformedForm);
  }
});
