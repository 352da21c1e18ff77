import { isEntityCode } from '../../kernel/codes';
import { compareCodes, Row } from './listing';

export const SORT_DIRECTIONS = ['ASC', 'DESC'] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];

/** What values are compared by. All keys of one field have one type. */
export type SortKey = bigint | string;

/** A value that a list can be ordered by. */
export interface SortField<Summary> {
  /** The value as the API prints it. */
  printed(row: Row<Summary>): string | null | undefined;
  /** undefined for a text that cannot be a printed value. */
  keyOf(printed: string): SortKey | undefined;
}

/** Where an entity is in an order. */
export interface Place {
  readonly code: string;
  /** undefined if the entity has no value: then it comes last, in either direction. */
  readonly key: SortKey | undefined;
}

export interface Placed<Summary> extends Place {
  readonly row: Row<Summary>;
}

/** The order of a list: by a value, then by code in the same direction. */
export class Ordering<Summary> {
  constructor(
    readonly fieldName: string,
    readonly direction: SortDirection,
    private readonly field: SortField<Summary>,
  ) {}

  /** The order that every list has by itself. Its cursors are codes. */
  get isByCode(): boolean {
    return this.fieldName === CODE && this.direction === 'ASC';
  }

  get name(): string {
    return `${this.fieldName},${this.direction}`;
  }

  placed(row: Row<Summary>): Placed<Summary> {
    const printed = this.field.printed(row);
    return {
      row,
      code: row.code,
      key: printed === null || printed === undefined ? undefined : this.field.keyOf(printed),
    };
  }

  readonly compare = (a: Place, b: Place): number => {
    if ((a.key === undefined) !== (b.key === undefined)) return a.key === undefined ? 1 : -1;
    const ascending = (a.key === undefined ? 0 : compareKeys(a.key, b.key as SortKey)) || compareCodes(a.code, b.code);
    return this.direction === 'ASC' ? ascending : -ascending;
  };

  cursorOf({ row }: Placed<Summary>): string {
    return this.isByCode ? row.code : `${this.name},${this.field.printed(row) ?? ''},${row.code}`;
  }

  /** The place that a cursor of this order names; undefined for any other text. */
  placeOf(cursor: string): Place | undefined {
    if (this.isByCode) return isEntityCode(cursor) ? { code: cursor, key: cursor } : undefined;
    const [fieldName, direction, printed, code, ...more] = cursor.split(',');
    if (printed === undefined || code === undefined || !isEntityCode(code) || more.length > 0) return undefined;
    if (`${fieldName ?? ''},${direction ?? ''}` !== this.name) return undefined;
    if (this.fieldName === CODE && printed !== code) return undefined;
    const key = printed === '' ? undefined : this.field.keyOf(printed);
    return key === undefined && printed !== '' ? undefined : { code, key };
  }
}

export const CODE = 'CODE';

/** No other field is named CODE. */
export const codeField: SortField<unknown> = {
  printed: ({ code }) => code,
  keyOf: (printed) => (isEntityCode(printed) ? printed : undefined),
};

export const byCode = <Summary>(): Ordering<Summary> => new Ordering<Summary>(CODE, 'ASC', codeField);

const compareKeys = (a: SortKey, b: SortKey): number => (a < b ? -1 : a > b ? 1 : 0);
