import { Answer } from '../../web/src/api/failure';
import { given, missing, TICKED } from '../../web/src/entering/field';
import { problemsOf } from '../../web/src/entering/problems';
import { namedPath } from '../../web/src/entering/named-path';
import { Written } from '../../web/src/entering/written';
import { isLocked, nextStep, Writing, WritingEvent } from '../../web/src/entering/writing';
import { decisionsOf } from '../../web/src/views/proposals/deciding';
import { inputFacts } from '../../web/src/views/proposals/input-facts';
import { evidenceAddress, fileName } from '../../web/src/views/evidence/address';
import { readFilterOf, startOfDay } from '../../web/src/views/reads/read-filter';
import { before, figureText } from '../../web/src/views/record/correctable';
import { inOrderOfConcern } from '../../web/src/views/record/import/report';
import { foundIn, isCode, omitted, withDocument } from '../../web/src/views/search/found';

/** How the page enters facts, and how it asks for what it lists. */

interface Input {
  readonly amount: string;
  readonly idempotencyKey?: string;
  readonly expectedRevision?: number;
}

const written = (revision: number): Written => ({
  position: '41',
  needsProposal: false,
  proposal: null,
  changes: [
    {
      eventId: 'e',
      position: '41',
      type: 'ExpenditureRecorded',
      entityType: 'BUDGET',
      entity: 'D1.2023',
      revision,
      recordedAt: '2023-07-01T00:00:00.000Z',
      effectiveAt: '2023-07-01T00:00:00.000Z',
      fields: [],
    },
  ],
});
const done = (revision = 8): Answer<Written> => ({ ok: true, data: written(revision) });
const failed = (code: string): Answer<Written> => ({ ok: false, failure: { code, message: code, extensions: {} } });

const play = (...events: readonly WritingEvent<Input>[]): Writing<Input> =>
  events.reduce<Writing<Input>>(nextStep, { step: 'FILLING' });

const input: Input = { amount: '5', idempotencyKey: 'k1' };
const rehearse = { type: 'REHEARSE', input } as const;
const rehearsed: readonly WritingEvent<Input>[] = [rehearse, { type: 'ANSWER', input, answer: done() }];
const agreed = (): Input => {
  const writing = play(...rehearsed);
  if (writing.step !== 'REHEARSED') throw new Error(writing.step);
  return writing.input;
};

/** Runs the steps up to the sending, and then what `then` makes of the input that was sent. */
function sent(then: (input: Input) => readonly WritingEvent<Input>[]): Writing<Input> {
  const sending = play(...rehearsed, { type: 'SEND' });
  if (sending.step !== 'SENDING') throw new Error(sending.step);
  return then(sending.input).reduce<Writing<Input>>(nextStep, sending);
}

test('a fact is recorded only as the dry run has shown it: with its key and the revision that it began from', () => {
  expect(agreed()).toEqual({ amount: '5', idempotencyKey: 'k1', expectedRevision: 7 });
  expect(play({ type: 'SEND' }).step).toBe('FILLING');
  expect(sent((input) => [{ type: 'ANSWER', input, answer: done() }])).toEqual({
    step: 'RECORDED',
    written: written(8),
  });
});

test('a second click and an edit change nothing while a fact is being recorded', () => {
  const sending = play(...rehearsed, { type: 'SEND' });
  expect(nextStep(sending, { type: 'SEND' })).toBe(sending);
  expect(nextStep(sending, { type: 'EDIT' })).toBe(sending);
  expect(nextStep(sending, { type: 'REHEARSE', input: { amount: '6' } })).toBe(sending);
  expect(isLocked(sending)).toBe(true);
});

test.each(['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'UNAUTHENTICATED', 'LIMIT_EXCEEDED'])(
  'after %s it is not known whether the fact is on record, and the same is sent again under the same key',
  (code) => {
    const lost = sent((input) => [{ type: 'ANSWER', input, answer: failed(code) }]);
    expect(lost.step).toBe('UNKNOWN');
    expect(nextStep(lost, { type: 'EDIT' })).toBe(lost);
    const again = nextStep(lost, { type: 'SEND' });
    expect(again).toMatchObject({ step: 'SENDING', input: { amount: '5', idempotencyKey: 'k1', expectedRevision: 7 } });
  },
);

test.each(['BAD_USER_INPUT', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'RULE_VIOLATION'])(
  'after %s nothing is on record, and the person goes on filling in',
  (code) => {
    const refused = sent((input) => [{ type: 'ANSWER', input, answer: failed(code) }]);
    expect(refused).toMatchObject({ step: 'FILLING', refusal: { failure: { code }, rehearsal: written(8) } });
    expect(nextStep(refused, { type: 'EDIT' })).toEqual({ step: 'FILLING' });
  },
);

test('the answer to a dry run counts only if nothing was changed since', () => {
  const late: WritingEvent<Input> = { type: 'ANSWER', input, answer: done() };
  expect(play(rehearse, { type: 'EDIT' }, late)).toEqual({ step: 'FILLING' });
  expect(play(rehearse, { type: 'REHEARSE', input: { amount: '6' } }, late).step).toBe('REHEARSING');
  expect(play(rehearse, { type: 'ANSWER', input, answer: failed('NOT_FOUND') })).toMatchObject({
    step: 'FILLING',
    refusal: { failure: { code: 'NOT_FOUND' } },
  });
});

test('each violation is put at the field that its path names', () => {
  const violations = [
    { path: '/input/amount', message: 'must be a decimal number' },
    { path: '/input/evidence/0/uri', message: 'must be an address' },
    { path: '/input/fiscalYear', message: 'must be a year' },
  ];
  const failure = { code: 'BAD_USER_INPUT', message: '', extensions: { violations } };
  const { byField, isGeneral } = problemsOf(failure, ['amount', 'evidence']);
  expect([...byField]).toEqual([
    ['amount', ['must be a decimal number']],
    ['evidence', ['must be an address']],
  ]);
  // The form has no field for the year.
  expect(isGeneral).toBe(true);
  expect(problemsOf(failure, ['amount', 'evidence', 'fiscalYear']).isGeneral).toBe(false);
});

test('a rule is put at the field that it is about', () => {
  const broken = (rule: string, fields: string[]) =>
    problemsOf({ code: 'RULE_VIOLATION', message: 'no', extensions: { rule } }, fields);
  expect([...broken('BUDGET_EXCEEDED', ['line', 'amount']).byField.keys()]).toEqual(['amount']);
  expect([...broken('OUTSIDE_FISCAL_YEAR', ['amount', 'effectiveAt']).byField.keys()]).toEqual(['effectiveAt']);
  expect(broken('BUDGET_EXCEEDED', ['line']).isGeneral).toBe(true);
  expect(broken('A_NEW_RULE', ['amount']).isGeneral).toBe(true);
});

test('a field that is blank is not given, and a required one is missing', () => {
  const values = { amount: ' 5 ', memo: '  ', overrun: TICKED };
  expect([given(values, 'amount'), given(values, 'memo'), given(values, 'payee')]).toEqual(['5', undefined, undefined]);
  const field = (name: string, isRequired: boolean) =>
    ({ name, title: { zh: name, en: name }, kind: 'text', isRequired }) as const;
  expect(missing([field('amount', true), field('memo', true), field('payee', false)], values)).toEqual(['memo']);
  // The line of another budget is not among the options, so nobody sees it.
  const options = { amount: [{ value: '5', text: 'five' }], line: [{ value: 'A', text: 'A' }] };
  expect(missing([field('amount', true), field('line', true)], { ...values, line: 'B' }, options)).toEqual(['line']);
  expect(missing([field('line', true)], { line: 'B' }, { line: undefined })).toEqual([]);
});

test('a path is read in words, and items of a list by their names', () => {
  const say = ({ en }: { readonly en: string }): string => en;
  expect(namedPath('/lines/1/executed', say, (list, index) => `${list}#${index}`)).toBe('Line lines#1 · Executed');
  expect(namedPath('/lines/1/executed', say)).toBe('Line 2 · Executed');
});

test('who proposed may only withdraw, and a second person decides who may perform the command there', () => {
  const proposal = {
    status: 'WAITING',
    command: 'reduceBudget',
    departmentCode: 'D1',
    proposedBy: { sub: 'li' },
  };
  const person = (sub: string, commands: readonly string[], department = 'D1') => ({
    sub,
    mayPerform: (command: string) => commands.includes(command),
    mayWriteIn: (code: string) => code === department,
  });
  const all = ['reduceBudget', 'confirmProposal', 'rejectProposal', 'withdrawProposal'];
  expect(decisionsOf(proposal, person('li', all))).toEqual(['withdrawProposal']);
  expect(decisionsOf(proposal, person('zhou', all))).toEqual(['confirmProposal', 'rejectProposal']);
  expect(decisionsOf(proposal, person('zhou', all.slice(1)))).toEqual([]);
  expect(decisionsOf(proposal, person('zhou', all, 'D2'))).toEqual([]);
  expect(decisionsOf({ ...proposal, status: 'CONFIRMED' }, person('zhou', all))).toEqual([]);
  // In the past nobody may perform anything.
  expect(decisionsOf(proposal, person('li', []))).toEqual([]);
});

test('what is proposed is shown without what only programs need, and amounts with their unit', () => {
  const proposed = {
    department: 'D1',
    amount: '20.00',
    unit: 'WAN_YUAN',
    effectiveAt: '2024-04-22',
    idempotencyKey: 'k',
    reason: null,
    overrun: true,
  };
  const day = (date: string): string => `day ${date}`;
  expect(inputFacts(proposed, ({ zh }) => zh, day)).toEqual([
    ['amount', '20.00 万元'],
    ['effectiveAt', 'day 2024-04-22'],
    ['overrun', 'true'],
  ]);
  expect(inputFacts(null, ({ zh }) => zh, day)).toEqual([]);
});

test('an evidence file is asked for as of the moment that is shown', () => {
  const wanted = { subject: 'budget', code: ' 441300-DSJ ', fiscalYear: '2023', form: 'html' } as const;
  expect(evidenceAddress(wanted, { knownAt: '2023-07-31', effectiveAt: '2023-06-30' })).toBe(
    '/evidence/budget/441300-DSJ/2023?knownAt=2023-07-31&effectiveAt=2023-06-30&form=html',
  );
  expect(fileName(wanted)).toBe('evidence-budget-441300-DSJ-2023.html');
  const change = { subject: 'change', code: '17', fiscalYear: '', form: 'json' } as const;
  expect(evidenceAddress(change, { position: '9' })).toBe('/evidence/change/17');
  expect(evidenceAddress({ ...change, subject: 'task', code: 'T/1' }, { position: '9' })).toBe(
    '/evidence/task/T%2F1?position=9',
  );
});

test.each([
  ['2023-07-01', 'Asia/Shanghai', '2023-06-30T16:00:00.000Z'],
  ['2023-03-26', 'Europe/Berlin', '2023-03-25T23:00:00.000Z'],
  ['2023-03-27', 'Europe/Berlin', '2023-03-26T22:00:00.000Z'],
  ['2023-11-05', 'America/New_York', '2023-11-05T04:00:00.000Z'],
])('the day %s begins in %s at %s', (day, timeZone, instant) => {
  expect(startOfDay(day, timeZone)).toBe(instant);
});

test('reads are filtered by whole days of the ledger', () => {
  expect(readFilterOf({ from: '2023-07-01', to: '2023-07-01', person: 'li', after: 'x' }, 'Asia/Shanghai')).toEqual({
    sub: ['li'],
    from: '2023-06-30T16:00:00.000Z',
    to: '2023-07-01T15:59:59.999Z',
  });
  expect(readFilterOf({ from: 'x', to: '2023-02-30' }, 'Asia/Shanghai')).toEqual({ from: 'x', to: '2023-02-30' });
});

test('cells that are wrong come first, then those with a warning, in the order of the file', () => {
  const cell = (name: string, said: object) => ({ sheet: 'S', cell: name, text: '', ...said });
  const cells = [
    cell('A1', { becomes: 'x' }),
    cell('A2', { becomes: 'x', warning: 'w' }),
    cell('A3', { reason: 'r', isRefused: true }),
    cell('A4', { reason: 'r' }),
    cell('A5', { reason: 'r', isRefused: true }),
  ];
  expect(inOrderOfConcern(cells).map((each) => each.cell)).toEqual(['A3', 'A5', 'A2', 'A1', 'A4']);
});

test('a fact is found by its position, and has the figure of its data', () => {
  expect([before('9007199254740993'), before('0')]).toEqual(['9007199254740992', '0']);
  const figures = [{ amount: '5000.00' }, { value: '98' }, { lines: [] }, null].map((data) =>
    figureText(data, ({ zh }) => zh),
  );
  expect(figures).toEqual(['5,000.00 元', '98', undefined, undefined]);
});

test('a search shows each entity once, what has the code first, and says how many are left out', () => {
  const task = (code: string) => ({
    code,
    title: `task ${code}`,
    status: 'PLANNED' as const,
    department: { code: 'D1' },
  });
  const empty = { totalCount: 0, nodes: [] };
  const byName = {
    departments: { totalCount: 1, nodes: [{ code: 'D1', name: 'one', fiscalYears: [2023, 2024] }] },
    tasks: { totalCount: 9, nodes: [task('T1'), task('T2')] },
    indicators: empty,
  };
  const byCode = { departments: empty, tasks: { nodes: [task('T2')] }, indicators: empty };
  expect(foundIn(byCode, byName).map(({ type, code }) => `${type} ${code}`)).toEqual([
    'TASK T2',
    'DEPARTMENT D1',
    'TASK T1',
  ]);
  expect(foundIn(undefined, byName)[0]).toMatchObject({ code: 'D1', year: 2024 });
  expect([omitted(byName), omitted(undefined)]).toEqual([7, 0]);
  expect([isCode('441300-DSJ'), isCode('政务'), isCode('')]).toEqual([true, false, false]);
});

test('changes are found by any part of their document number, the newest first', () => {
  const changes = [
    { position: '1', documentNo: '惠财〔2023〕1号' },
    { position: '2', documentNo: null },
    { position: '3', documentNo: '惠财〔2023〕12号' },
    { position: '4', documentNo: '惠财〔2023〕１3号' },
  ];
  const found = (text: string, most = 9) => withDocument(changes, text, most).map(({ position }) => position);
  expect(found('〕1')).toEqual(['4', '3', '1']);
  expect(found('惠财', 1)).toEqual(['4']);
  expect(found('其他')).toEqual([]);
});
