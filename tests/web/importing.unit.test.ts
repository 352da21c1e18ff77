import { Answer } from '../../web/src/api/failure';
import {
  Importing,
  ImportingEvent,
  isLost,
  mayRecord,
  nextImporting,
} from '../../web/src/views/record/import/importing';
import { ImportReport } from '../../web/src/views/record/import/report';

/** How a file is imported on the page: what is recorded is what was rehearsed. */

const answer = (status: ImportReport['status']): Answer<ImportReport> => ({
  ok: true,
  data: { status, file: { name: 'a.csv', sha256: '0' }, facts: [], cells: [] },
});
const failed = (code: string): Answer<ImportReport> => ({
  ok: false,
  failure: { code, message: code, extensions: {} },
});

const play = (...events: readonly ImportingEvent<string>[]): Importing<string> =>
  events.reduce<Importing<string>>(nextImporting, { step: 'CHOOSING' });

const rehearsed = (order: string, status: ImportReport['status'] = 'DRY_RUN'): readonly ImportingEvent<string>[] => [
  { type: 'REHEARSE', order },
  { type: 'ANSWER', order, answer: answer(status) },
];

test('a file that was rehearsed is recorded once, however often it is clicked', () => {
  const recording = play(...rehearsed('A'), { type: 'RECORD' });
  expect(recording).toMatchObject({ step: 'RECORDING', order: 'A' });
  expect(nextImporting(recording, { type: 'RECORD' })).toBe(recording);
  expect(nextImporting(recording, { type: 'CHANGE' })).toBe(recording);
  expect(nextImporting(recording, { type: 'REHEARSE', order: 'B' })).toBe(recording);
  const recorded = nextImporting(recording, { type: 'ANSWER', order: 'A', answer: answer('RECORDED') });
  expect([recorded.step, mayRecord(recorded)]).toEqual(['RECORDED', false]);
});

test('the answer to one file never allows another to be recorded', () => {
  const late: ImportingEvent<string> = { type: 'ANSWER', order: 'A', answer: answer('DRY_RUN') };
  const chosen = play({ type: 'REHEARSE', order: 'A' }, { type: 'CHANGE' }, late);
  expect([chosen, mayRecord(chosen)]).toEqual([{ step: 'CHOOSING' }, false]);
  const other = play({ type: 'REHEARSE', order: 'A' }, { type: 'CHANGE' }, { type: 'REHEARSE', order: 'B' }, late);
  expect(other).toEqual({ step: 'REHEARSING', order: 'B' });
  expect(play(...rehearsed('A'), { type: 'CHANGE' }, { type: 'RECORD' })).toEqual({ step: 'CHOOSING' });
});

test('only what a dry run found right may be recorded, and the rest of what was recorded in part', () => {
  expect(mayRecord(play(...rehearsed('A', 'REFUSED')))).toBe(false);
  expect(mayRecord(play({ type: 'REHEARSE', order: 'A' }, { type: 'ANSWER', order: 'A', answer: failed('FORBIDDEN') }))).toBe(false); // prettier-ignore
  const after = (answered: Answer<ImportReport>) =>
    play(...rehearsed('A'), { type: 'RECORD' }, { type: 'ANSWER', order: 'A', answer: answered });
  expect(mayRecord(after(answer('INCOMPLETE')))).toBe(true);
  expect(mayRecord(after(answer('WAITING')))).toBe(false);
  expect(mayRecord(after(failed('FORBIDDEN')))).toBe(false);
});

test.each(['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'UNAUTHENTICATED'])(
  'after %s nobody knows what is on record, and the same file is sent again',
  (code) => {
    const lost = play(...rehearsed('A'), { type: 'RECORD' }, { type: 'ANSWER', order: 'A', answer: failed(code) });
    expect([isLost(lost), mayRecord(lost)]).toEqual([true, true]);
    expect(nextImporting(lost, { type: 'RECORD' })).toMatchObject({ step: 'RECORDING', order: 'A' });
    // A dry run records nothing, so nothing is lost with its answer.
    expect(isLost(play({ type: 'REHEARSE', order: 'A' }, { type: 'ANSWER', order: 'A', answer: failed(code) }))).toBe(false); // prettier-ignore
  },
);
