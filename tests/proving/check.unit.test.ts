import { readFileSync } from 'node:fs';
import { canonicalForm } from '../../src/evidence/canonical-form';
import { EvidenceJson } from '../../src/evidence/files/evidence-file';
import { closedNodes } from '../../src/evidence/files/tree-outline';
import { parseCheckpoint } from '../../src/evidence/notes/checkpoint';
import { parsePolicy } from '../../src/evidence/notes/policy';
import { parseNote } from '../../src/evidence/notes/signed-note';
import { signerOf } from '../../src/evidence/notes/signatures';
import { UnsoundEvidence } from '../../src/evidence/unsound';
import { About, Asked } from '../../src/proving/asked';
import { EvidenceChecker } from '../../src/proving/checker';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { parseMoment } from '../../src/kernel/time';
import { SECOND } from '../evidence/notes/keys';
import { FACTS, idOf, logOf, TERMS } from './ledger-of-facts';
import { ORIGIN, POLICY, policyOf, SIGNER, SignedLedger } from './signed-ledger';

const checker = new EvidenceChecker(TERMS, () => new MemoryTemporalStore());
const check = (bytes: Buffer, policy = POLICY, kept?: SignedLedger) =>
  checker.check(bytes, policy, kept && parseCheckpoint(parseNote(kept.signed.checkpoint).text));

const BUDGET: About = { entityType: 'BUDGET', code: 'D1.2023' };
const YEAR: About = { department: 'D1', fiscalYear: 2023 };
const known = (knownAt: string, effectiveAt?: string) => ({
  knownAt: parseMoment(knownAt),
  effectiveAt: effectiveAt === undefined ? undefined : parseMoment(effectiveAt),
});
const state = (about: About, at = known('2023-07-31', '2023-06-30'), keptSizes: readonly bigint[] = []): Asked => ({
  kind: 'STATE',
  about,
  at,
  keptSizes,
});

let ledger: SignedLedger;
let file: EvidenceJson;
beforeAll(async () => {
  ledger = await SignedLedger.of(logOf(FACTS), { earlierSizes: [4n, 8n] });
  file = jsonOf(await ledger.make(state(BUDGET)));
});

const jsonOf = (bytes: Buffer) => JSON.parse(bytes.toString()) as EvidenceJson;

/** The file with parts replaced. */
const bytesOf = (json: unknown): Buffer => Buffer.from(canonicalForm(json));
const altered = (alter: (copy: any) => void, json: unknown = file): Buffer => {
  const copy: unknown = JSON.parse(JSON.stringify(json));
  alter(copy);
  return bytesOf(copy);
};

describe('what is proven', () => {
  test('a budget at a moment that was known then, although it was corrected later', async () => {
    const checked = await check(bytesOf(file));
    expect(checked.file.answer).toMatchObject({
      entities: [
        { entityType: 'DEPARTMENT', fields: { name: '大数据局' } },
        { entityType: 'BUDGET', fields: { opening: '100.00', executed: '40.00' } },
      ],
    });
    expect(checked.histories.map(({ events }) => events.length)).toEqual([2, 4]);
    const [moment] = checked.moments;
    expect([moment?.last.event.position, moment?.next?.event.position]).toEqual([100n, 110n]);
    expect(checked.fingerprint).toMatch(/^(\d{4} ){7}\d{4}$/);
  });

  test('the same budget as it is known now: no event follows the end of the tree', async () => {
    const { file: now, moments } = await check(await ledger.make(state(BUDGET, known('2023-12-31'))));
    expect(now.answer).toMatchObject({ entities: [{ fields: { name: '数据局' } }, { fields: { executed: '35.00' } }] });
    expect(moments).toMatchObject([{ last: { order: { sequence: 12n } }, next: undefined }]);
  });

  test('all that a department has in a year, and that there is nothing else', async () => {
    const { file: year, histories } = await check(await ledger.make(state(YEAR)));
    expect(year.answer).toMatchObject({
      entities: [{ code: 'D1' }, { code: 'D1.2023' }, { entityType: 'TASK', code: 'T1', fields: { title: '上线' } }],
    });
    expect(histories).toHaveLength(3);
    expect(year.otherEntities).toMatchObject([{ stream: 'mingjian-budget-D1.2022', changes: 1n }]);
  });

  test('how two moments differ', async () => {
    const from = known('2023-02-01');
    const asked: Asked = { kind: 'DIFFERENCE', about: BUDGET, from, to: known('2023-12-31'), keptSizes: [] };
    const { file: difference } = await check(await ledger.make(asked));
    expect(difference.answer).toMatchObject({
      entities: [
        { code: 'D1', changes: [{ path: '/name', before: '大数据局', after: '数据局' }] },
        {
          code: 'D1.2023',
          changes: expect.arrayContaining([{ path: '/executed', before: '0.00', after: '35.00' }]) as unknown,
        },
      ],
    });
  });

  test('what one change did', async () => {
    const { file: change } = await check(await ledger.make({ kind: 'CHANGE', position: 110n, keptSizes: [] }));
    expect(change.answer).toMatchObject({
      change: {
        id: idOf(10),
        type: 'BudgetFactCorrected',
        changes: expect.arrayContaining([{ path: '/executed', before: '40.00', after: '35.00' }]) as unknown,
      },
    });
  });

  test('that the log still begins with the tree of an old checkpoint', async () => {
    const old = await SignedLedger.of(logOf(FACTS.slice(0, 8)));
    await expect(check(bytesOf(file), POLICY, old)).resolves.toBeDefined();
    const other = await SignedLedger.of(logOf(FACTS.slice(0, 7)));
    await expect(check(bytesOf(file), POLICY, other)).rejects.toThrow(
      'does not show how the log grew from the 7 events',
    );
    await expect(check(await ledger.make(state(BUDGET, undefined, [7n])), POLICY, other)).resolves.toBeDefined();
    await expect(check(bytesOf(file), POLICY, ledger)).resolves.toBeDefined();
  });
});

const budgetEvents = (copy: EvidenceJson) => copy.entities[1] as any;

describe('what is refused', () => {
  test.each<[string, (copy: any) => void, string]>([
    [
      'an event altered',
      (copy) => (budgetEvents(copy).events[1].data.amount = '31.00'),
      'Event 2 of budget D1.2023 (ExpenditureRecorded, position 60) is not the event on record',
    ],
    [
      'an event removed',
      (copy) => budgetEvents(copy).events.splice(1, 1),
      'The history of budget D1.2023 is not in order: in place 2 is its event 3',
    ],
    [
      'an event added',
      (copy) => budgetEvents(copy).events.push({ ...budgetEvents(copy).events[3], revision: '4', sequence: '12' }),
      'The history of budget D1.2023 has more events than leaf hashes',
    ],
    ['two events swapped', (copy) => budgetEvents(copy).events.reverse(), 'is not in order: in place 1 is its event 4'],
    [
      'an event doubled',
      (copy) => budgetEvents(copy).events.splice(1, 0, budgetEvents(copy).events[1]),
      'is not in order: in place 3 is its event 2',
    ],
    [
      'an event put in another place',
      (copy) => (budgetEvents(copy).events[1].sequence = '7'),
      'Event 2 of budget D1.2023 (ExpenditureRecorded, position 60) is not the event on record',
    ],
    ['the tail cut', (copy) => budgetEvents(copy).events.pop(), 'its end was cut off'],
    [
      'the tail cut with its leaf hash',
      (copy) => (budgetEvents(copy).events.pop(), budgetEvents(copy).leaves.pop()),
      'The history of budget D1.2023 is not whole: the file ends it with event 3',
    ],
    [
      'all events removed',
      (copy) => ((budgetEvents(copy).events = []), (budgetEvents(copy).leaves = [])),
      'All events of budget D1.2023 were removed',
    ],
    ['an entity removed', (copy) => copy.entities.pop(), 'The proof of the tree has too few hashes'],
    ['everything removed', (copy) => (copy.entities = []), 'malformed part: /entities'],
    [
      'the events around the moment removed',
      (copy) => (copy.momentEvents = []),
      'The proof of the tree has too few hashes',
    ],
    [
      'a hash of the tree altered',
      (copy) => (copy.tree.hashes[0] = copy.tree.hashes[1]),
      'The events lead to another tree',
    ],
    ['a hash of the tree removed', (copy) => copy.tree.hashes.pop(), 'The proof of the tree has too few hashes'],
    [
      'a hash of the tree added',
      (copy) => copy.tree.hashes.push(copy.tree.hashes[0]),
      'The proof of the tree has too many hashes',
    ],
    [
      'an earlier size altered to one that the hashes prove, too',
      (copy) => (copy.tree.earlier[0].treeSize = '5'),
      'The tree did not have the root that the file names when it had 5 events',
    ],
    [
      'an earlier size altered',
      (copy) => (copy.tree.earlier[1].treeSize = '7'),
      'The proof of the tree has too few hashes',
    ],
    [
      'a hash of the heads altered',
      (copy) => (copy.department.siblings[0] = copy.tree.hashes[0]),
      'The histories of department D1 do not lead to the signed heads',
    ],
    ['the number of entities altered', (copy) => (copy.department.entities = '3'), 'do not lead to the signed heads'],
    [
      'a wrong answer',
      (copy) => (copy.answer.entities[1].fields.executed = '39.00'),
      'The answer is wrong: at /entities/1/fields/executed it says "39.00", and from the events follows "40.00"',
    ],
    [
      'a part of the answer removed',
      (copy) => delete copy.answer.entities[1].fields.opening,
      'at /entities/1/fields/opening it says nothing, and from the events follows "100.00"',
    ],
    [
      'a question about a later moment',
      (copy) => (copy.question.at.knownAt = '2023-08-31T15:59:59.999Z'),
      'The answer does not know of event 4 of budget D1.2023 (BudgetFactCorrected, position 110)',
    ],
    [
      'a question about an earlier moment',
      (copy) => (copy.question.at.knownAt = '2023-06-30T15:59:59.999Z'),
      'The answer knows of event 3 of budget D2.2023',
    ],
    [
      'another effective moment',
      (copy) => (copy.question.at.effectiveAt = '2023-04-30T15:59:59.999Z'),
      'The answer is wrong: at /entities/1/fields/executed',
    ],
    [
      'another entity',
      (copy) => (copy.question.subject.entity.code = 'D1.2022'),
      'The file has no history of BUDGET D1.2022',
    ],
    ['another department', (copy) => (copy.question.department = 'D2'), 'do not lead to the signed heads'],
    ['another format', (copy) => (copy.format = 'mingjian-evidence/2'), 'not evidence of the format'],
    ['a part that no file has', (copy) => (copy.more = 1), 'malformed part'],
  ])('%s', async (_what, alter, message) => {
    await expect(check(altered(alter))).rejects.toThrow(message);
  });

  test('a file that is not in its own canonical form', async () => {
    await expect(check(Buffer.from(JSON.stringify(file, null, 1)))).rejects.toThrow(
      'not written in its own canonical form',
    );
    await expect(check(Buffer.from(canonicalForm(file).replace('{', '{"a":1,"a":1,')))).rejects.toThrow(
      'canonical form',
    );
    await expect(check(bytesOf(file).subarray(0, -1))).rejects.toThrow('cut off');
  });

  test('notes of another tree, another origin, another key, and the wrong id of a known key', async () => {
    const other = await SignedLedger.of(logOf(FACTS.slice(0, 11)));
    await expect(check(altered((copy) => (copy.checkpoint = other.signed.checkpoint)))).rejects.toThrow(
      'The checkpoint is of size 11, and the heads are of size 12',
    );
    const both = altered((copy) =>
      Object.assign(copy, { checkpoint: other.signed.checkpoint, headsNote: other.signed.headsNote }),
    );
    await expect(check(both)).rejects.toThrow('do not lead to the signed heads');

    const elsewhere = await SignedLedger.of(logOf(FACTS), { signer: signerOf('other.example', 'note', SECOND) });
    await expect(check(await elsewhere.make(state(BUDGET)))).rejects.toThrow(
      'The policy does not trust the log other.example',
    );
    const stranger = await SignedLedger.of(logOf(FACTS), { signer: signerOf(ORIGIN, 'note', SECOND) });
    await expect(check(await stranger.make(state(BUDGET)))).rejects.toThrow(
      `No trusted key of ${ORIGIN} has signed the checkpoint`,
    );
    const onlyHeads = altered((copy) => (copy.headsNote = stranger.signed.headsNote));
    await expect(check(onlyHeads)).rejects.toThrow(`No trusted key of ${ORIGIN} has signed the heads`);

    const wrongId = { ...SIGNER, key: { ...SIGNER.key, id: SIGNER.key.id + 1 } };
    const misnamed = await SignedLedger.of(logOf(FACTS), { signer: wrongId });
    await expect(check(await misnamed.make(state(BUDGET)))).rejects.toThrow(`No trusted key of ${ORIGIN} has signed`);
    const wrongSignature = altered((copy) => (copy.checkpoint = copy.checkpoint.replace('12\n', '13\n')));
    await expect(check(wrongSignature)).rejects.toThrow(`The signature of ${ORIGIN} is wrong`);
  });

  test('an event that the signer himself left out of a history, with everything else valid', async () => {
    const { events, signed } = ledger;
    const shown = [1, 3, 6, 9, 10, 12].map((sequence) => BigInt(sequence - 1));
    expect(events[10]!.event.type).toBe('BudgetFactCorrected');
    const leaves = shown.filter((index) => index !== 10n);
    const bytes = altered((copy) => {
      budgetEvents(copy).events.pop();
      budgetEvents(copy).leaves.pop();
      const outline = { treeSize: signed.treeSize, leaves, earlierSizes: [4n, 8n] };
      copy.tree.hashes = [...closedNodes(outline)].map((range) => signed.hashOf(range).toString('base64'));
    });
    await expect(check(bytes)).rejects.toThrow('The history of budget D1.2023 is not whole');
  });

  test('a department without one of its entities', async () => {
    const year = jsonOf(await ledger.make(state(YEAR)));
    const without = altered((copy) => (copy.otherEntities = []), year);
    await expect(check(without)).rejects.toThrow('The file does not have all entities of department D1: it has 3 of 4');
    const hidden = altered((copy) => {
      const [task] = copy.entities.splice(2, 1);
      copy.otherEntities.push({ stream: task.stream, changes: '1', lastLeaf: task.leaves[0] });
      const leaves = [0n, 3n, 5n, 8n, 9n, 10n, 11n];
      const outline = { treeSize: 12n, leaves, earlierSizes: [4n, 8n] };
      copy.tree.hashes = [...closedNodes(outline)].map((range) => ledger.signed.hashOf(range).toString('base64'));
    }, year);
    await expect(check(hidden)).rejects.toThrow('The history of TASK T1 was left out of the file');
  });

  test('a log that was rewritten from the start, with fresh valid notes of the same key', async () => {
    const old = await SignedLedger.of(logOf(FACTS.slice(0, 8)));
    const rewritten = FACTS.map((fact, at) => (at === 5 ? { ...fact, data: { line: 'L1', amount: '3.00' } } : fact));
    const whole = await SignedLedger.of(logOf(rewritten), { earlierSizes: [8n] });
    const bytes = await whole.make(state(BUDGET));
    await expect(check(bytes)).resolves.toBeDefined();
    await expect(check(bytes, POLICY, old)).rejects.toThrow('The log was rewritten: its first 8 events are not those');
    const cut = await SignedLedger.of(logOf(FACTS.slice(0, 7)));
    await expect(check(await cut.make(state(BUDGET)), POLICY, old)).rejects.toThrow(
      'The checkpoint that was kept has 8 events, and the file only 7',
    );
  });

  test('the events of another entity under the name of the one that was asked for', async () => {
    const other = jsonOf(await ledger.make(state({ entityType: 'BUDGET', code: 'D1.2022' })));
    const bytes = altered((copy) => (copy.question.subject.entity.code = 'D1.2023'), other);
    await expect(check(bytes)).rejects.toThrow('The file has no history of BUDGET D1.2023');
  });

  test('a quorum of witnesses that have not cosigned', async () => {
    await expect(check(bytesOf(file), { ...policyOf(SIGNER), isQuorum: () => false })).rejects.toThrow(
      'has not been cosigned',
    );
  });
});

describe('hostile files', () => {
  test.each([
    ['nested too deep', Buffer.from('['.repeat(1_000_000))],
    ['too many values', Buffer.from(`[${'[],'.repeat(3_000_000)}[]]`)],
    ['too many bytes', Buffer.alloc(67_108_865, 0x20)],
    ['no text', Buffer.from([0x22, 0xff, 0x22])],
    ['nothing', Buffer.alloc(0)],
    ['another value', Buffer.from('null')],
  ])('%s', async (_what, bytes) => {
    await expect(check(bytes)).rejects.toThrow('The file');
  });
});

test('the example is what this program makes, and is proven', async () => {
  const example = readFileSync('examples/evidence/budget.json');
  expect((await ledger.make(state(BUDGET))).toString()).toBe(example.toString());
  await expect(
    check(example, parsePolicy(readFileSync('examples/evidence/policy.txt', 'utf8'))),
  ).resolves.toMatchObject({ fingerprint: '5155 3142 8051 8564 4536 0831 6155 8379' });
});

test('each byte that is changed is found, unless what the file then says is true as well', async () => {
  const small = await SignedLedger.of(logOf([0, 3, 4].map((at) => FACTS[at]!)), { earlierSizes: [1n] });
  const bytes = await small.make(state(BUDGET, known('2023-01-05', '2023-01-31')));
  expect(bytes.length).toBeLessThan(20_000);
  expect(await isProven(bytes)).toBe(true);
  const { question: asked, software: made } = jsonOf(bytes);
  const question = Buffer.from(canonicalForm(asked));
  const software = Buffer.from(`"software":${JSON.stringify(made)}`);
  const within = (part: Buffer, at: number) => at >= bytes.indexOf(part) && at < bytes.indexOf(part) + part.length;
  const passed: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const mutant = Buffer.from(bytes);
    mutant[at] = bytes[at]! ^ 0x01;
    if (await isProven(mutant)) passed.push(at);
  }
  const elsewhere = passed.filter((at) => !within(question, at) && !within(software, at));
  expect(elsewhere.map((at) => bytes.subarray(Math.max(0, at - 30), at + 10).toString())).toEqual([]);
  expect(passed.length).toBeGreaterThan(10);
});

test('each part that is removed, doubled or moved is found, unless what the file then says is true as well', async () => {
  const small = await SignedLedger.of(logOf([0, 3, 4].map((at) => FACTS[at]!)), { earlierSizes: [1n] });
  const json = jsonOf(await small.make(state(BUDGET, known('2023-01-05', '2023-01-31'))));
  const passed: string[] = [];
  for (const path of pathsIn(json)) {
    for (const [name, alter] of Object.entries(ALTERATIONS)) {
      const copy: unknown = JSON.parse(JSON.stringify(json));
      const parent = path.slice(0, -1).reduce((part: any, key) => part[key], copy);
      alter(parent, path.at(-1)!);
      const bytes = bytesOf(copy);
      if (!bytes.equals(bytesOf(json)) && (await isProven(bytes))) passed.push(`${path.join('/')} ${name}`);
    }
  }
  expect(passed).toEqual([
    'entities/1 moved to the front',
    'question/at/effectiveAt removed',
    'question/at/knownAt removed',
    'tree/earlier/0 removed',
  ]);
});

const ALTERATIONS: Readonly<Record<string, (parent: any, key: string | number) => void>> = {
  removed: (parent, key) =>
    Array.isArray(parent) ? parent.splice(key as number, 1) : Reflect.deleteProperty(parent as object, key),
  doubled: (parent, key) =>
    Array.isArray(parent) ? parent.push(parent[key as number]) : (parent[`${key}2`] = parent[key]),
  'moved to the front': (parent, key) =>
    Array.isArray(parent) ? parent.unshift(...parent.splice(key as number, 1)) : undefined,
  'with a member __proto__': (parent, key) => {
    const value: unknown = parent[key];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      Object.defineProperty(value, '__proto__', { value: { x: 1 }, enumerable: true });
  },
};

/** All values of a file, and those in them. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== 'object' || value === null) return own;
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [...own, ...[...keys].flatMap((key) => pathsIn((value as any)[key], [...path, key]))];
}

const isProven = (bytes: Buffer): Promise<boolean> =>
  check(bytes).then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(UnsoundEvidence);
      return false;
    },
  );
