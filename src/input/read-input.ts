import { jsonPointer, PathKey } from '../kernel/json-pointer';
import { MoneyUnit } from '../kernel/money';
import { ok, refused, Result } from '../kernel/refusal';
import { LedgerCalendar } from '../kernel/time';
import { shortened, ViolationReport } from '../kernel/violations';
import { Field, FieldReading, InputObject } from './field';

export interface InputContext {
  readonly calendar: LedgerCalendar;
  /** The name of the argument, with which the paths of violations begin; left out if the input is all arguments of a field. */
  readonly argument?: string;
}

/** Reads an input in one pass: parses every part, or reports everything that is wrong at once. */
export function readInput<Value>(object: InputObject<Value>, sent: unknown, context: InputContext): Result<Value> {
  const pass = new ReadingPass(context);
  const value = pass.object(object, sent);
  const { violations, omitted } = pass.report;
  if (violations.length === 0) return ok(value);
  return refused({ kind: 'BAD_USER_INPUT', violations, ...(omitted > 0 ? { violationsOmitted: omitted } : {}) });
}

class ReadingPass implements FieldReading {
  readonly report = new ViolationReport();
  readonly calendar: LedgerCalendar;
  unit: MoneyUnit = 'YUAN';
  private readonly keys: PathKey[];
  private wrongTypes = 0;

  constructor({ calendar, argument }: InputContext) {
    this.calendar = calendar;
    this.keys = argument === undefined ? [] : [argument];
  }

  object<Value>(object: InputObject<Value>, sent: unknown): Value {
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
      this.refuseType('must be an input object');
      return undefined as Value;
    }
    const parts = sent as Readonly<Record<string, unknown>>;
    const { unit, wrongTypes } = this;
    for (const name of Object.keys(parts)) {
      if (Object.hasOwn(object.fields, name)) continue;
      this.part(shortened(name), () => {
        this.refuseType('is not known');
      });
    }
    const fields = Object.entries(object.fields);
    const unitField = fields.find(([, field]) => field.namesUnit);
    if (unitField !== undefined) this.unit = (parts[unitField[0]] ?? this.unit) as MoneyUnit;
    const value: Record<string, unknown> = {};
    for (const [name, field] of fields) value[name] = this.part(name, () => this.field(field, parts[name]));
    if (this.wrongTypes === wrongTypes) this.check(object, value as Value, parts);
    this.unit = unit;
    return value as Value;
  }

  refuse(message: string): void {
    this.report.add(this.keys, message);
  }

  refuseType(message: string): void {
    this.wrongTypes++;
    this.refuse(message);
  }

  part<Value>(key: PathKey, read: () => Value): Value {
    this.keys.push(key);
    const value = read();
    this.keys.pop();
    return value;
  }

  private field(field: Field, sent: unknown): unknown {
    const meant = sent ?? field.defaultValue;
    if (meant !== undefined) return field.read(meant, this);
    if (field.required) this.refuseType('is required');
    return undefined;
  }

  private check<Value>(object: InputObject<Value>, value: Value, parts: Readonly<Record<string, unknown>>): void {
    const here = jsonPointer(this.keys);
    object.check?.(value, {
      refuse: (path, message) => {
        this.report.addAt(`${here}${path}`, message);
      },
      isGiven: (name) => (parts[name] ?? undefined) !== undefined,
      calendar: this.calendar,
    });
  }
}
