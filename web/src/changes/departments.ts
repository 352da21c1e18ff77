import { List, ListPage } from '../api/read-list';
import { useList } from '../api/use-list';
import { Asked, current } from '../api/questions';
import { FurtherDepartmentsDocument, KnownDepartmentsDocument } from '../generated/documents';
import { moment } from '../routing/router';

export interface Department {
  readonly code: string;
  readonly name: string;
  readonly fiscalYears: readonly number[];
}

/** More could not be chosen from. */
const MOST = 10_000;

/** The departments as they are known now. */
export const useDepartments = (): Asked<List<Department>> =>
  useList({
    document: KnownDepartmentsDocument,
    variables: {},
    pageIn: ({ departments }) => departments,
    most: MOST,
  });

/** The departments of the moment that is shown: those of the first page, which is part of another answer, and then all others. */
export function useAllDepartments(first: ListPage<Department> | null | undefined): List<Department> {
  const { endCursor, hasNextPage } = first?.pageInfo ?? { endCursor: null, hasNextPage: false };
  const others = current(
    useList(
      hasNextPage
        ? {
            document: FurtherDepartmentsDocument,
            variables: { at: moment.value, after: endCursor },
            pageIn: ({ asOf }) => asOf?.departments,
            most: MOST,
          }
        : undefined,
    ),
  );
  return {
    nodes: [...(first?.nodes ?? []), ...(others?.nodes ?? [])],
    isWhole: first !== undefined && (!hasNextPage || others !== undefined),
  };
}

/** The fiscal years that any of the departments has something of, the newest first. */
export const yearsOf = (departments: readonly Pick<Department, 'fiscalYears'>[]): readonly number[] =>
  [...new Set(departments.flatMap(({ fiscalYears }) => fiscalYears))].sort((left, right) => right - left);
