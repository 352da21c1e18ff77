import type { CityAlertsQuery, CityAlertsQueryVariables, MonitoredAlertsFragment } from '../../generated/documents';

/** The departments that one question is about. */
export const AT_ONCE = 12;

type Variables = Omit<CityAlertsQueryVariables, 'at'>;

/** The variables of the document for 1 to 12 departments. */
export function alertVariables(departments: readonly string[], fiscalYear: number): Variables {
  const last = departments.at(-1) ?? '';
  const named = Array.from({ length: AT_ONCE }, (_, index) => [`department${index}`, departments[index] ?? last]);
  const included = Array.from({ length: AT_ONCE - 1 }, (_, index) => [
    `has${index + 1}`,
    index + 1 < departments.length,
  ]);
  return { fiscalYear, ...Object.fromEntries([...named, ...included]) } as Variables;
}

export type Alert = MonitoredAlertsFragment['alerts'][number];

export interface AlertOfDepartment extends Alert {
  readonly department: string;
}

/** The alerts that the document answers for the departments. One that the server does not know has none. */
export function alertsIn(
  snapshot: CityAlertsQuery['asOf'],
  departments: readonly string[],
): readonly AlertOfDepartment[] {
  const answers: Readonly<Record<string, { readonly alerts: readonly Alert[] } | null | undefined>> = { ...snapshot };
  return departments.flatMap((department, index) =>
    (answers[`at${index}`]?.alerts ?? []).map((alert) => ({ ...alert, department })),
  );
}
