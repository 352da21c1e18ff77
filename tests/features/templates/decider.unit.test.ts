import { templateDecider } from '../../../src/features/templates/decider';
import { TemplateLine } from '../../../src/features/templates/events';
import { viewTemplate } from '../../../src/features/templates/views';
import { given, heading, manual, published, recordOf, template } from './history';

const publish = (lines: readonly TemplateLine[], change: object = {}) =>
  ({ kind: 'publish', template: template(lines, change) }) as const;

const WHOLE = [manual('A', '60'), manual('B', '40')];

test('a publication records the whole template', () => {
  given().when(publish(WHOLE)).then('ScoringTemplatePublished', template(WHOLE));
});

test('each publication is the next version', () => {
  const again = [manual('A', '100')];
  given(published(WHOLE, '2024-01-01')).when(publish(again)).then('ScoringTemplatePublished', template(again));
  const record = recordOf(published(WHOLE, '2024-02-01'), published(again, '2024-01-01'));
  expect(viewTemplate(record)).toMatchObject({ version: 2, lines: again, totalPoints: '100.00' });
});

test('a template stays with its department', () => {
  given(published(WHOLE, '2024-01-01'))
    .when(publish(WHOLE, { department: 'D2' }))
    .thenRefused({ kind: 'CONFLICT' });
  const record = recordOf(published(WHOLE, '2024-01-01'));
  expect(templateDecider.departmentOf(record, publish(WHOLE, { department: 'D2' }))).toBe('D1');
  expect(templateDecider.departmentOf(undefined, publish(WHOLE))).toBe('D1');
});

test('the department must be registered', () => {
  given()
    .when(publish(WHOLE, { department: 'D9' }))
    .thenRefused({ kind: 'NOT_FOUND' });
});

const item = (code: string, points: string) => ({ code, name: code, points });
const checklist = (points: string, ...items: string[]): TemplateLine => ({
  ...manual('C', points),
  rule: 'CHECKLIST',
  parameters: { items: items.map((each, index) => item(`i${index}`, each)) },
});

test.each<[string, readonly TemplateLine[], string]>([
  ['99.99 points', [manual('A', '60'), manual('B', '39.99')], 'The template has 99.99 points, not 100'],
  ['100.01 points', [manual('A', '100'), manual('B', '0.01')], 'The template has 100.01 points, not 100'],
  [
    'a heading with more points than its lines',
    [heading('H', '60'), manual('A', '59.5', 'H'), manual('B', '40')],
    'The lines below H have 59.50 points, not 60',
  ],
  ['a heading without lines', [heading('H', '100')], 'The lines below H have 0.00 points, not 100'],
  [
    'a wrong heading below another one',
    [heading('H', '100'), heading('I', '100', 'H'), manual('A', '10', 'I')],
    'The lines below I have 10.00 points, not 100',
  ],
  [
    'items of fewer points than their line',
    [checklist('100', '50', '49')],
    'The items of C have 99.00 points, not 100',
  ],
])('TEMPLATE_TOTAL: %s', (_what, lines, message) => {
  given().when(publish(lines)).thenRefused({ kind: 'RULE_VIOLATION', rule: 'TEMPLATE_TOTAL', message });
});

test('points that add up may be written in any way, and lines come in any order', () => {
  const lines = [
    manual('A', '22.50', 'H'),
    heading('H', '30'),
    manual('B', '7.5', 'H'),
    checklist('70.0', '35', '35.00'),
  ];
  given().when(publish(lines)).then('ScoringTemplatePublished', template(lines));
});
