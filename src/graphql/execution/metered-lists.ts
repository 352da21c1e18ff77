import {
  defaultFieldResolver,
  getNamedType,
  GraphQLError,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLResolveInfo,
  GraphQLSchema,
  introspectionTypes,
  isLeafType,
  isObjectType,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import { CallerPoints } from '../../http/caller-points';
import { andThen, Awaitable } from '../../kernel/async';
import { limitExceeded, unwrap } from '../../kernel/refusal';
import { FIELDS_PER_TURN, Work } from '../../reading/work';
import { JSONScalar } from '../scalars';
import { fieldsBelow } from './fields-below';
import { valuesIn } from './json-values';
import { isList } from './list-type';

/** The part of a context that pays for what is answered. */
export interface Metered {
  readonly work: Work;
  /** undefined if there is no rate limit. */
  readonly points?: CallerPoints;
  /** Callers with the same text see the same of the ledger. */
  readonly sight: string;
  /** Puts on record what was read. `fields`: what was asked for. */
  recordReads?(fields: () => readonly string[]): void;
}

/** What a field of the schema says about its list. */
export interface ListExtensions {
  /** Its resolver refuses a list that is longer than a limit of its own, so maxListLength does not apply. */
  readonly hasOwnLimit?: boolean;
}

type Resolver = GraphQLFieldResolver<unknown, Partial<Metered> | undefined>;

/** What a list takes of a turn until its length is known. */
const UNKNOWN_LIST = FIELDS_PER_TURN / 5;

const metered = new WeakSet<GraphQLField<unknown, unknown>>();

/**
 * Has each list charge what is selected below it, for as many items as there are, before its items are answered. A list that is too
 * long for one turn of the event loop hands over its items as promises. A JSON value charges the values in it.
 */
export function meterLists(schema: GraphQLSchema): void {
  // graphql-js shares the types of introspection among all schemas.
  for (const type of [...Object.values(schema.getTypeMap()), ...introspectionTypes]) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const meter = isList(field.type) ? meterList : getNamedType(field.type) === JSONScalar ? meterJson : undefined;
      if (meter === undefined || metered.has(field)) continue;
      metered.add(field);
      field.resolve = meter((field.resolve ?? defaultFieldResolver) as Resolver);
    }
  }
}

/** Has a list charge what is selected below it. */
export function meterList(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const work = context?.work;
    if (work === undefined) return resolve(source, args, context, info);
    const list = new MeteredList(work, info);
    if (isLeafType(getNamedType(info.returnType))) {
      return andThen(resolve(source, args, context, info) as Awaitable<Items>, (values) =>
        values ? list.ofValues(values) : values,
      );
    }
    return list.begin(() => resolve(source, args, context, info) as Awaitable<Items>);
  };
}

type Items = Iterable<unknown> | null | undefined;

/** One list of an answer. */
class MeteredList {
  constructor(
    private readonly work: Work,
    private readonly info: GraphQLResolveInfo,
  ) {}

  begin(resolve: () => Awaitable<Items>): Awaitable<unknown> {
    const answer = (): Awaitable<unknown> =>
      andThen(resolve(), (items) => {
        this.work.release(UNKNOWN_LIST);
        return items ? this.charged(items) : items;
      });
    this.requireBudget(() => {
      this.work.requireGoing();
    });
    return this.work.fits(UNKNOWN_LIST) ? answer() : this.turnFor(UNKNOWN_LIST).then(answer);
  }

  /** Values with nothing below them. They take no turn of their own: waiting for one would cost more than they do. */
  ofValues(values: Iterable<unknown>): readonly unknown[] {
    const items = Array.isArray(values) ? (values as readonly unknown[]) : [...values];
    this.requireBudget(() => {
      this.work.requireGoing();
      this.requireShort(items.length);
      this.work.charge('fields', items.length);
    });
    return items;
  }

  private charged(list: Iterable<unknown>): readonly unknown[] {
    const { fieldNodes, returnType } = this.info;
    const items = Array.isArray(list) ? (list as readonly unknown[]) : [...list];
    this.requireBudget(() => {
      this.requireShort(items.length);
    });
    const each = Math.max(1, fieldsBelow(this.info, fieldNodes, returnType));
    const fields = items.length * each;
    this.requireBudget(() => {
      this.work.charge('fields', fields);
    });
    return this.work.fits(fields) ? items : this.inTurns(items, each);
  }

  private requireShort(length: number): void {
    const { maxListLength } = this.work.limits;
    if (length <= maxListLength) return;
    const { fieldName, parentType } = this.info;
    const fields = parentType.getFields();
    if ((fields[fieldName]?.extensions as ListExtensions | undefined)?.hasOwnLimit) return;
    const page = `${fieldName}Page`;
    const advice = page in fields ? `; ask for ${page}` : '';
    const message = `${fieldName} has more than ${maxListLength} items${advice}`;
    unwrap(limitExceeded('maxListLength', message, { allowed: maxListLength }));
  }

  /** Each slice of the items resolves in a turn that has room for it. */
  private inTurns(items: readonly unknown[], each: number): readonly Promise<unknown>[] {
    const size = Math.max(1, Math.floor(FIELDS_PER_TURN / each));
    const promises: Promise<unknown>[] = [];
    for (let start = 0; start < items.length; start += size) {
      const slice = items.slice(start, start + size);
      const turn = this.turnFor(slice.length * each);
      for (const item of slice) promises.push(turn.then(() => item));
    }
    return promises;
  }

  private turnFor(fields: number): Promise<void> {
    return this.work.turnFor(fields).catch((error: unknown) => {
      throw this.located(error);
    });
  }

  private requireBudget(act: () => void): void {
    try {
      act();
    } catch (error) {
      throw this.located(error);
    }
  }

  /** Thousands of lists may end for one reason. graphql-js makes an error for each of them, unless the error has a path already. */
  private located(reason: unknown): GraphQLError {
    const known = reasons.get(this.work);
    if (known !== undefined && known.originalError === reason) return known;
    const error = locatedError(reason, this.info.fieldNodes, responsePathAsArray(this.info.path));
    reasons.set(this.work, error);
    return error;
  }
}

/** Why each request ended, with the path at which it was noticed. */
const reasons = new WeakMap<Work, GraphQLError>();

function meterJson(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const value = resolve(source, args, context, info);
    const work = context?.work;
    if (work === undefined) return value;
    return andThen(value, (json) => {
      work.charge('fields', valuesIn(json));
      return json;
    });
  };
}
