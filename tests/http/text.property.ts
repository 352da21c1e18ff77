import fc from 'fast-check';
import { TestApi } from '../support/api';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

/** Texts that a faulty layer could change: byte order marks, separators, noncharacters, private use, joiners, combining marks. */
const TRICKY = [
  ...[
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\u{10ffff}',
    '\u{1fffe}',
    '\ufdd0',
    '\ufffd',
    '\u2028',
    '\u2029',
    '\0',
    '\u001b',
    '\r\n',
  ],
  ...[
    'e\u0301',
    '\u00e9',
    '\u212b',
    '\u1100\u1161\u11a8',
    '\ud83d\udc69\u200d\ud83d\udcbb',
    '\u{e0001}',
    '\ue000',
    '\u{20000}',
  ],
  ...['"', '\\', '\\u0041', '%41', '&amp;', '</script>', "'", ',', '\u202e', '\u0000\u0000'],
];
const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...TRICKY));
const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

/** A name is not blank. */
const visible = text.map((rest) => `财${rest}`);

const FIELDS = 'position changes { reason documentNo evidence { uri title } } department { name functions }';

/** Any well-formed text is recorded as it was sent, and read back the same wherever it can be read. */
export function describeTexts(start: (onEnd: (cleanUp: () => unknown) => void) => Promise<TestApi>): void {
  let api: TestApi;
  const ending: (() => unknown)[] = [];
  beforeAll(async () => {
    api = await start((cleanUp) => ending.push(cleanUp));
  });
  afterAll(async () => {
    await api.close();
    for (const cleanUp of ending.reverse()) await cleanUp();
  });

  test(
    'any well-formed text is read back as it was sent',
    async () => {
      let count = 0;
      await fc.assert(
        fc.asyncProperty(visible, visible, visible, async (name, reason, title) => {
          const code = `D${count++}`;
          const evidence = [{ uri: `file:${title}`, title }];
          const written = await api.write(
            'registerDepartment',
            { code, name, functions: [reason], reason, documentNo: title, evidence },
            FIELDS,
          );
          expect(written).toMatchObject({
            changes: [{ reason, documentNo: title, evidence }],
            department: { name, functions: [reason] },
          });
          const read = await api.data(
            `query($code: ID!, $name: String!) {
              department(code: $code) { name functions }
              changes(filter: { entities: [$name] }) { nodes { reason documentNo evidence { uri title } } }
            }`,
            { code, name: code },
          );
          expect(read).toEqual({
            department: { name, functions: [reason] },
            changes: { nodes: [{ reason, documentNo: title, evidence }] },
          });
          expect(await exported(code)).toMatchObject({
            reason,
            documentNo: title,
            data: { name, functions: [reason] },
          });
        }),
        runs(30),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );

  async function exported(code: string): Promise<unknown> {
    const response = await fetch(`${api.url}/changes.ndjson?entities=${code}`, {
      headers: { authorization: `Bearer ${await api.token()}` },
    });
    return JSON.parse((await response.text()).split('\n')[0]!);
  }
}
