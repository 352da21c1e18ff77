import { GraphQLInputType } from 'graphql';
import { PathKey } from '../../kernel/json-pointer';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { shortened, ViolationReport } from '../../kernel/violations';
import { FieldPlan, InputPlan, inputPlan } from './input-plan';

export const REQUIRED = 'is required';
export const NOT_NULL = 'must not be null';
export const UNKNOWN_FIELD = 'is not known';
export const NOT_AN_OBJECT = 'must be an input object';

/**
 * Checks the value of a variable against its type in one pass. It refuses what graphql-js' `coerceInputValue` refuses, and lists
 * that are too long. Fields are checked in the order of the schema, then unknown ones.
 */
export class ValueJudge {
  /** How many values were looked at. */
  visited = 0;
  private readonly keys: PathKey[] = [];

  constructor(
    private readonly report: ViolationReport,
    private readonly maxListItems: number,
  ) {}

  judge(value: unknown, type: GraphQLInputType, place: readonly PathKey[]): void {
    this.keys.push(...place);
    this.value(value, inputPlan(type));
    this.keys.length -= place.length;
  }

  private value(value: unknown, plan: InputPlan): void {
    this.visited++;
    if (value === null || value === undefined) {
      if (plan.nonNull) this.refuse(NOT_NULL);
    } else if (this.keys.length > INPUT_BOUNDS.maxInputDepth) {
      this.refuse('is nested too deeply');
    } else if (plan.kind === 'leaf') {
      if (!plan.check.accepts(value)) this.refuse(plan.check.message);
    } else if (plan.kind === 'object') {
      this.object(value, plan.fields);
    } else if (Array.isArray(value)) {
      this.list(value, plan.item);
    } else {
      // A value that is no list counts as a list of one.
      this.value(value, plan.item);
    }
  }

  /** Items after the limit are not looked at. They count as wrong if an item before the limit is. */
  private list(items: readonly unknown[], plan: InputPlan): void {
    const before = this.report.count;
    const excess = Math.max(0, items.length - this.maxListItems);
    const depth = this.keys.length;
    for (let index = 0; index < items.length - excess; index++) {
      this.keys[depth] = index;
      this.value(items[index], plan);
    }
    this.keys.length = depth;
    if (excess === 0) return;
    const areRight = this.report.count === before;
    this.refuse(`must have at most ${this.maxListItems} items`);
    if (!areRight) this.report.omitted += excess - 1;
  }

  private object(value: unknown, fields: ReadonlyMap<string, FieldPlan>): void {
    if (typeof value !== 'object' || Array.isArray(value)) {
      this.refuse(NOT_AN_OBJECT);
      return;
    }
    const parts = value as Readonly<Record<string, unknown>>;
    const depth = this.keys.length;
    let known = 0;
    for (const { name, required, plan } of fields.values()) {
      this.keys[depth] = name;
      const part = parts[name];
      if (part !== undefined) {
        known++;
        this.value(part, plan);
      } else if (required) this.refuse(REQUIRED);
    }
    const names = Object.keys(parts);
    if (names.length > known) this.unknownFields(names, fields, names.length - known);
    this.keys.length = depth;
  }

  /** Stops when the report is full, and counts the rest without visiting them. */
  private unknownFields(names: readonly string[], fields: ReadonlyMap<string, FieldPlan>, count: number): void {
    const depth = this.keys.length - 1;
    let left = count;
    for (const name of names) {
      if (left === 0 || this.report.isFull) break;
      if (fields.has(name)) continue;
      left--;
      this.visited++;
      this.keys[depth] = shortened(name);
      this.refuse(UNKNOWN_FIELD);
    }
    this.report.omitted += left;
  }

  private refuse(message: string): void {
    this.report.add(this.keys, message);
  }
}
