import { InputObject } from './field';
import { jsonPointer } from '../kernel/json-pointer';
import { Refused, Violation } from '../kernel/refusal';
import { LedgerCalendar } from '../kernel/time';
import { shortened } from '../kernel/violations';
import { Query, readFilter } from './query-filter';

/** The parameters of one request. It collects everything that is wrong with them. */
export class QueryParameters {
  private readonly violations: Violation[] = [];

  constructor(private readonly query: Query) {}

  /** Refuses parameters of other names. */
  requireNames(known: readonly string[]): void {
    for (const name of Object.keys(this.query)) {
      if (!known.includes(name)) this.refuse(shortened(name), `is no parameter; there are ${known.join(', ')}`);
    }
  }

  refuse(name: string, message: string): void {
    this.violations.push({ path: jsonPointer([name]), message });
  }

  once(name: string): string | undefined {
    const value = this.query[name];
    if (typeof value !== 'object') return value;
    this.refuse(name, 'is given once');
    return undefined;
  }

  flag(name: string, defaultValue: boolean): boolean {
    const value = this.once(name);
    if (value !== undefined && value !== '0' && value !== '1') this.refuse(name, 'must be 0 or 1');
    return value === undefined ? defaultValue : value === '1';
  }

  /** The value of a text; undefined if the parameter is not given. */
  parsed<Value>(name: string, parse: (text: string) => Value | undefined, expected: string): Value | undefined {
    const text = this.once(name);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value === undefined) this.refuse(name, expected);
    return value;
  }

  /** For parameters without a filter: read last. Throws BAD_USER_INPUT with everything that is wrong. */
  requireNoViolations(): void {
    if (this.violations.length > 0) throw new Refused({ kind: 'BAD_USER_INPUT', violations: this.violations });
  }

  /** The filter, which is read last. Throws BAD_USER_INPUT with everything that is wrong. */
  filter<Filter>(object: InputObject<Filter>, calendar: LedgerCalendar): Filter {
    const filter = readFilter(this.query, { object, calendar, once: (name) => this.once(name) });
    if (filter.ok && this.violations.length === 0) return filter.value;
    const ofFilter = filter.ok ? { violations: [] } : filter.refusal;
    throw new Refused({
      ...ofFilter,
      kind: 'BAD_USER_INPUT',
      violations: [...this.violations, ...ofFilter.violations],
    });
  }
}
