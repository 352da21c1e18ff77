import {
  defaultFieldResolver,
  getNamedType,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLResolveInfo,
  GraphQLSchema,
  introspectionTypes,
  isObjectType,
} from 'graphql';
import { CallerPoints } from '../../http/caller-points';
import { andThen, Awaitable } from '../../kernel/async';
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
}

type Resolver = GraphQLFieldResolver<unknown, Partial<Metered> | undefined>;

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

function meterList(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const items = resolve(source, args, context, info) as Awaitable<Iterable<unknown> | null | undefined>;
    const work = context?.work;
    if (work === undefined) return items;
    return andThen(items, (list) => (list ? charged(list, work, info) : list));
  };
}

function charged(list: Iterable<unknown>, work: Work, info: GraphQLResolveInfo): readonly unknown[] {
  const items = Array.isArray(list) ? (list as readonly unknown[]) : [...list];
  const each = Math.max(1, fieldsBelow(info, info.fieldNodes, info.returnType));
  const fields = items.length * each;
  work.charge('fields', fields);
  return work.fits(fields) ? items : inTurns(items, each, work);
}

/** Each slice of the items resolves in a turn that has room for it. */
function inTurns(items: readonly unknown[], each: number, work: Work): readonly Promise<unknown>[] {
  const size = Math.max(1, Math.floor(FIELDS_PER_TURN / each));
  const promises: Promise<unknown>[] = [];
  for (let start = 0; start < items.length; start += size) {
    const slice = items.slice(start, start + size);
    const turn = work.turnFor(slice.length * each);
    for (const item of slice) promises.push(turn.then(() => item));
  }
  return promises;
}

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
