import { AT_ONCE, alertsIn, alertVariables } from '../../web/src/views/city/alert-pages';

/** One question about the alerts of twelve departments. */

test('fewer departments name the last one again and leave it out', () => {
  const variables = alertVariables(['A', 'B'], 2023) as Readonly<Record<string, unknown>>;
  expect(variables.fiscalYear).toBe(2023);
  expect(Array.from({ length: AT_ONCE }, (_, index) => variables[`department${index}`]).join('')).toBe('ABBBBBBBBBBB');
  expect([variables.has1, variables.has2, variables.has11]).toEqual([true, false, false]);
  expect(variables).not.toHaveProperty('has0');
  const all = alertVariables(Array.from({ length: AT_ONCE }, String), 2023) as Readonly<Record<string, unknown>>;
  expect(Object.entries(all).filter(([, value]) => value === false)).toEqual([]);
});

test('each department has its own alerts, also if another one is not known', () => {
  const alert = {
    rule: 'r',
    level: 'RED',
    entityType: 'BUDGET',
    entity: 'B.2023',
    text: '',
    value: '1',
    threshold: '2',
  } as const;
  expect(alertsIn({ at0: null, at1: { alerts: [alert] } }, ['A', 'B'])).toEqual([{ ...alert, department: 'B' }]);
  expect(alertsIn(null, ['A'])).toEqual([]);
});
