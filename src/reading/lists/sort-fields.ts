import { comparable, Decimal } from '../../kernel/decimal';
import { LocalDate, parseLocalDate } from '../../kernel/time';
import { SortField } from './ordering';

export const byDecimal = <Summary>(valueOf: (summary: Summary) => Decimal | null | undefined): SortField<Summary> => ({
  printed: ({ summary }) => valueOf(summary),
  keyOf: comparable,
});

export const byDate = <Summary>(valueOf: (summary: Summary) => LocalDate | undefined): SortField<Summary> => ({
  printed: ({ summary }) => valueOf(summary),
  keyOf: parseLocalDate,
});
