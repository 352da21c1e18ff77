import { comparable } from './same-errors';

/** The property tests of whole answers rest on this comparison, so it may not take different answers for the same. */

const failed = (path: readonly (string | number)[], message = 'no') => ({ message, path });
const isSame = (answer: object, reference: object): boolean => {
  const texts = comparable(answer, reference);
  return texts.answer === texts.reference;
};
const NULL_BUDGET = { budget: null, tasks: [{ code: null }] };

test.each([
  [
    'the same errors in another order',
    { data: NULL_BUDGET, errors: [failed(['budget']), failed(['tasks', 0, 'code'])] },
    { data: NULL_BUDGET, errors: [failed(['tasks', 0, 'code']), failed(['budget'])] },
  ],
  [
    'another field that leaves the same place null',
    { data: NULL_BUDGET, errors: [failed(['budget', 'lines'])] },
    { data: NULL_BUDGET, errors: [failed(['budget', 'executed'], 'other')] },
  ],
])('is the same: %s', (_what, answer, reference) => {
  expect(isSame(answer, reference)).toBe(true);
});

const REFERENCE = { data: NULL_BUDGET, errors: [failed(['budget', 'executed'])] };
test.each([
  ['another message of the same field', { ...REFERENCE, errors: [failed(['budget', 'executed'], 'other')] }],
  ['a field that is null itself', { ...REFERENCE, errors: [failed(['budget'])] }],
  ['a field below another place', { ...REFERENCE, errors: [failed(['tasks', 0, 'code', 'text'])] }],
  ['no error', { data: NULL_BUDGET }],
  ['one error more', { ...REFERENCE, errors: [...REFERENCE.errors, failed(['tasks', 0, 'code'])] }],
  ['other data', { ...REFERENCE, data: { ...NULL_BUDGET, tasks: [] } }],
])('is not the same: %s', (_what, answer) => {
  expect(isSame(answer, REFERENCE)).toBe(false);
});
