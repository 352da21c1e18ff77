import fc from 'fast-check';
import { answerText } from '../../../src/graphql/execution/answer-text';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits';
import { Refused } from '../../../src/kernel/refusal';
import { Work } from '../../../src/reading/work';

const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const { json } = fc.letrec((tie) => ({
  json: fc.oneof({ depthSize: 'medium' }, leaf, fc.array(tie('json')), fc.dictionary(fc.string(), tie('json'))),
}));
/** Several times as long as what is written in one go. Made from a name, so that a counterexample can be read. */
const LONG: Readonly<Record<string, () => unknown>> = {
  text: () => 'x'.repeat(300_000),
  objects: () => Array.from({ length: 20_000 }, (_, index) => ({ code: `D${index}`, name: '市政务服务数据管理局' })),
  nested: () => [1, 2, 3].map(() => ({ deep: { deeper: Array.from({ length: 9_000 }, () => ['一', null, 1.5]) } })),
  fields: () => Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`name ${index}`, `"\\\u2028${index}`])),
};
const long = fc.constantFrom(...Object.keys(LONG)).map((name) => ({ [name]: name }));
const longer = (value: unknown): unknown => {
  const [name] = Object.keys(value ?? {});
  return name !== undefined && LONG[name] !== undefined ? LONG[name]() : value;
};

/** The work of a request whose answer has many fields. */
function workOf(maxAnswerBytes: number): Work {
  const work = new Work({ ...DEFAULT_LIMITS, maxAnswerBytes });
  work.charge('fields', 10_000);
  return work;
}

test('the text is that of JSON.stringify, and its bytes are charged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 4, arbitrary: json }, { weight: 1, arbitrary: long })),
      async (values) => {
        const data = { values: values.map(longer) };
        const work = workOf(1e9);
        const text = await answerText(data, work);
        // Not toBe: jest would take minutes to show how two long texts differ.
        expect(text === JSON.stringify(data)).toBe(true);
        expect(work.cost.bytes).toBe(Buffer.byteLength(text));
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ['short', { name: '市'.repeat(400) }],
  ['long', { names: Array.from({ length: 400_000 }, () => '市政数局') }],
])('a %s answer with too many bytes is refused', async (_what, data) => {
  const refused = async () => answerText(data, workOf(1_000));
  await expect(refused()).rejects.toThrow(Refused);
  await expect(refused()).rejects.toMatchObject({ refusal: { limit: 'maxAnswerBytes', allowed: 1_000 } });
});
