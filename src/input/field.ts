import { MoneyUnit } from '../kernel/money';
import { LedgerCalendar } from '../kernel/time';
import { Choice } from './choice';

/** What a client sends for a part of an input, in the terms of the API. */
export type InputType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'CHOICE'; readonly choice: Choice }
  | { readonly kind: 'LIST'; readonly item: InputType }
  | { readonly kind: 'OBJECT'; readonly object: InputObject };

/** Only INTEGER and BOOLEAN are not sent as text. */
export type ScalarKind = 'ID' | 'STRING' | 'INTEGER' | 'BOOLEAN' | 'DECIMAL' | 'DATE' | 'MOMENT' | 'POSITION';

/** One part of an input: how it is sent, and the value that it is read as. */
export interface Field<Value = unknown> {
  readonly type: InputType;
  /** 中文。English. */
  readonly description: string;
  readonly required: boolean;
  /** Stands for a value that is left out or null. */
  readonly defaultValue?: string | boolean | number;
  /** Amounts beside it, and below, are in the unit that it names. */
  readonly namesUnit?: boolean;
  /** Reads what was sent, which is not null. Reports what is wrong with it; the value does not count then. */
  read(sent: unknown, reading: FieldReading): Value;
  /** Of a reference that can be written in several ways: the one that an idempotency key stands for. */
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
  /** Reports what no field shows by itself to be wrong. A part that is wrong by itself may be undefined here. */
  check?(value: Partial<Value>, context: CheckContext): void;
}

export interface CheckContext {
  /** `path` is a JSON Pointer from the input object on. */
  readonly refuse: (path: string, message: string) => void;
  /** Whether the client sent the field, and not null, whatever is wrong with it. */
  readonly isGiven: (name: string) => boolean;
  readonly calendar: LedgerCalendar;
}

export interface FieldReading {
  readonly calendar: LedgerCalendar;
  readonly unit: MoneyUnit;
  /** The place is wrong, but of the right type. */
  refuse(message: string): void;
  /** The place has another type than it should have: checks of the objects around it are skipped. */
  refuseType(message: string): void;
  /** Reads a part of what is at this place. */
  part<Value>(key: string | number, read: () => Value): Value;
  object<Value>(object: InputObject<Value>, sent: unknown): Value;
}

export const inputObject = <F extends Fields>(
  name: string,
  description: string,
  fields: F,
  check?: (value: Partial<ValueOf<F>>, context: CheckContext) => void,
): InputObject<ValueOf<F>> => ({ name, description, fields, check });
