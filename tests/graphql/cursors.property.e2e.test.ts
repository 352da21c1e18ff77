import fc from 'fast-check';
import { isObjectType } from 'graphql';
import { schema } from '../../src/app/features';
import { PROPOSAL } from '../clients/every-field';
import { startWorld } from '../clients/world';
import { TestApi } from '../support/api';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

/** No list takes a text as a cursor that it cannot have given. */

const isCode = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text);
const isYearCode = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(19[5-9]|2\d\d)\d$/.test(text);
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
/** Shorter ones may be of this ledger. Only the first of them is tried. */
const isPosition = (text: string): boolean => text === '0';
const isBeyondHead = (text: string): boolean => /^[1-9]\d{6,17}$/.test(text);
/** Only the cursors of the items that are there, and no text of this test is one. */
const isOfItem = (): boolean => false;

/** What the cursors of each list look like. */
const LISTS: Readonly<Record<string, (text: string) => boolean>> = {
  ...under(['Query', 'Snapshot'], ['departments', 'tasks', 'indicators', 'scoringTemplatesPage'], isCode),
  ...under(['Department'], ['tasks', 'indicators'], isCode),
  ...under(['Task'], ['subtasksPage', 'indicatorsPage'], isCode),
  ...under(['Query', 'Snapshot'], ['budgets', 'evaluations'], isYearCode),
  ...under(['Query', 'Snapshot'], ['proposals'], isUuid),
  ...under(
    ['Department', 'Budget', 'Task', 'Indicator', 'Evaluation', 'ScoringTemplate', 'Proposal'],
    ['history'],
    isPosition,
  ),
  ...under(
    ['Department', 'Budget', 'Task', 'Indicator', 'Evaluation', 'ScoringTemplate', 'Proposal'],
    ['blamePage'],
    isOfItem,
  ),
  ...under(['Budget'], ['bridgePage', 'entries', 'goalsPage', 'linesPage'], isOfItem),
  ...under(['Change'], ['fieldsPage', 'correctionsPage'], isOfItem),
  ...under(['EntityDiff'], ['fieldsPage', 'changesPage'], isOfItem),
  ...under(['Entry'], ['correctionsPage', 'reversalsPage'], isOfItem),
  ...under(['Indicator'], ['observationsPage'], isOfItem),
  ...under(['LineScore'], ['changes'], isOfItem),
  ...under(['Observation'], ['correctionsPage'], isOfItem),
  ...under(['Query'], ['diff', 'reads'], isOfItem),
};

function under(types: readonly string[], fields: readonly string[], isCursor: (text: string) => boolean) {
  const names = types.flatMap((type) => fields.map((field) => `${type}.${field}`));
  return Object.fromEntries(names.map((name) => [name, isCursor]));
}

const inBudget = (call: string): string => `budget(department: "D1", fiscalYear: 2023) { ${call} }`;
const inIndicator = (call: string): string => `indicator(code: "I1") { ${call} }`;
const inEvaluation = (call: string): string => `evaluation(department: "D1", fiscalYear: 2023) { ${call} }`;

/** How a field of each type is reached. */
const REACHED: Readonly<Record<string, (call: string) => string>> = {
  Query: (call) => call,
  Snapshot: (call) => `asOf(at: {}) { ${call} }`,
  Department: (call) => `department(code: "D1") { ${call} }`,
  Budget: inBudget,
  Task: (call) => `task(code: "T1") { ${call} }`,
  Indicator: inIndicator,
  Evaluation: inEvaluation,
  ScoringTemplate: (call) => `scoringTemplate(code: "S1") { ${call} }`,
  Proposal: (call) => `proposal(code: "${PROPOSAL}") { ${call} }`,
  Change: (call) => `changes(first: 1) { nodes { ${call} } }`,
  EntityDiff: (call) => `diff(from: { knownAt: "2023-02-01" }, first: 1) { nodes { ${call} } }`,
  Entry: (call) => inBudget(`entries(first: 1) { nodes { ${call} } }`),
  Observation: (call) => inIndicator(`observations { ${call} }`),
  LineScore: (call) => inEvaluation(`scores { ${call} }`),
};

/** What a list must be asked with. */
const ASKED: Readonly<Record<string, string>> = { 'Query.diff': 'from: { knownAt: "2023-02-01" },' };

type End = 'after' | 'before';

/** The lists whose cursors are texts: a scalar judges positions. */
const listsWith = (end: End): readonly string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type)) return [];
    const fields = Object.values(type.getFields());
    const paged = fields.filter(({ args }) => args.some((one) => one.name === end && String(one.type) === 'String'));
    return paged.map(({ name }) => `${type.name}.${name}`);
  });

const AFTER = listsWith('after');
const BEFORE = listsWith('before');

/** Asks each list once, under an alias of its own, so that each gives its own refusal. */
function questionOf(end: End, lists: readonly string[]): string {
  const asked = lists.map((name, index) => {
    const [type = '', field = ''] = name.split('.');
    const call = `${field}(${ASKED[name] ?? ''} ${end}: $cursor) { pageInfo { hasNextPage } }`;
    return `a${index}: ${REACHED[type]?.(call) ?? ''}`;
  });
  return `query($cursor: String) { ${asked.join(' ')} }`;
}

let api: TestApi;
let auditor: string;
beforeAll(async () => {
  ({ api } = await startWorld());
  auditor = await api.token({ roles: ['auditor'] });
});
afterAll(() => api.close());

/** What the items of this ledger may have for cursors: positions, numbers, and codes such as L1. */
const mayBeOfItem = (text: string): boolean => /^[A-Za-z]?\d{1,6}$/.test(text);
const codeLike = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,9}$/).filter((text) => !mayBeOfItem(text));
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((text) => !mayBeOfItem(text)),
  fc.constantFrom(
    'none',
    '0',
    '-1',
    'D1.2023.1',
    'D1.1',
    'TASK/',
    'TASK/T 1',
    'TASK/T1/T1',
    'NOTHING/T1',
    'CODE,DESC,T1,T1',
  ),
  codeLike,
  codeLike.map((code) => `${code}.2023`),
  codeLike.map((code) => `NOTHING/${code}`),
  fc.uuid(),
  // Beyond the changes of this ledger.
  fc.integer({ min: 1_000_000, max: 1_000_000_000 }).map(String),
);

test('all lists of the schema are tried', () => {
  expect([...new Set([...AFTER, ...BEFORE])].sort()).toEqual(Object.keys(LISTS).sort());
});

test.each([
  ['after', AFTER],
  ['before', BEFORE],
] as const)(
  'a text that is no cursor of a list is refused at its path: %s',
  async (end, lists) => {
    const question = questionOf(end, lists);
    await fc.assert(
      fc.asyncProperty(texts, async (cursor) => {
        const { errors = [] } = await api.ask(question, { cursor }, auditor);
        const listOf = ({ path }: any): string => lists[Number(String(path[0]).slice(1))] ?? '';
        for (const error of errors)
          expect(error.extensions).toMatchObject(
            isBeyondHead(cursor) && listOf(error).endsWith('.history')
              ? { code: 'AS_OF_IN_FUTURE' }
              : { code: 'BAD_USER_INPUT', violations: [{ path: `/${end}` }] },
          );
        const refusing = new Set(errors.map(listOf));
        expect(lists.filter((name) => refusing.has(name))).toEqual(
          lists.filter((name) => LISTS[name]?.(cursor) === false),
        );
      }),
      runs(30),
    );
  },
  PROPERTY_TIMEOUT_MS,
);
