import { MoneyUnit } from '../kernel/money';
import { LedgerCalendar } from '../kernel/time';
import { Choice } from './choice';

/** What a client sends for a part of an input, in the terms of the API. */
export type InputType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'CHOICE'; readonly choice: Choice }
  | { readonly kind: 'LIST'; readonly item: InputType }
  | { readonly kind: 'OBJECT'; readonly object: InputObject };

/** Only INTEGER, BOOLEAN and JSON are not sent as text. */
export type ScalarKind =
  'ID' | 'STRING' | 'INTEGER' | 'BOOLEAN' | 'DECIMAL' | 'DATE' | 'INSTANT' | 'MOMENT' | 'POSITION' | 'JSON';

/** One part of an input: how it is sent, and how its value is read. */
export interface Field<Value = unknown> {
  readonly type: InputType;
  /** 中文。English. */
  readonly description: string;
  readonly required: boolean;
  /** The value if the client sends nothing or null. */
  readonly defaultValue?: string | boolean | number | readonly string[];
  /** The form that idempotency keys are compared by leaves the default out: inputs were recorded before the field was there. */
  readonly isLater?: boolean;
  /** Amounts in the same input object, and below it, are in the unit that this field names. */
  readonly namesUnit?: boolean;
  /** Reads a value that was sent and is not null. Reports what is wrong; the returned value is ignored then. */
  read(sent: unknown, reading: FieldReading): Value;
  /** If a reference can be written in several ways: the one form that idempotency keys are compared by. */
  readonly naturalKey?: (sent: string) => string;
}

export type Fields = Readonly<Record<string, Field>>;
export type ValueOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer Value> ? Value : never;
};

/** An input object of the API. */
export interface InputObject<Value = unknown> {
  readonly name: string;
  /** 中文。English. */
  readonly description: string;
  readonly fields: Fields;
  /** Reports what is wrong between fields. A field that is wrong by itself may be undefined here. */
  check?(value: Partial<Value>, context: CheckContext): void;
}

export interface CheckContext {
  /** `path` is a JSON Pointer from the input object on. */
  readonly refuse: (path: string, message: string) => void;
  /** Whether the client sent a value other than null for the field, even a wrong one. */
  readonly isGiven: (name: string) => boolean;
  readonly calendar: LedgerCalendar;
}

export interface FieldReading {
  readonly calendar: LedgerCalendar;
  readonly unit: MoneyUnit;
  /** The value is wrong, but of the right type. */
  refuse(message: string): void;
  /** The value has the wrong type. Checks of the objects around it are skipped. */
  refuseType(message: string): void;
  /** Reads a part of the value. */
  part<Value>(key: string | number, read: () => Value): Value;
  object<Value>(object: InputObject<Value>, sent: unknown): Value;
}

export const inputObject = <F extends Fields>(
  name: string,
  description: string,
  fields: F,
  check?: (value: Partial<ValueOf<F>>, context: CheckContext) => void,
): InputObject<ValueOf<F>> => ({ name, description, fields, check });
