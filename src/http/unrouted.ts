import type { FastifyInstance, HTTPMethods } from 'fastify';
import { HttpRefusal } from './refusal';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST'];

interface KnownRoute {
  readonly methods: readonly string[];
  readonly paths: RegExp;
}

/** Refuses an unknown path, or a method that the path does not have, before the body is read. Call it before there are routes. */
export function refuseUnrouted(fastify: FastifyInstance): void {
  const routes: KnownRoute[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    routes.push({ methods: [method].flat(), paths: pathsOf(url) });
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    // CORS adds a route that accepts OPTIONS for every path.
    if (request.is404 || request.method === 'OPTIONS') throw refusalOf(routes, request.url);
    done();
  });
}

function refusalOf(routes: readonly KnownRoute[], address: string): HttpRefusal {
  const [path = ''] = address.split('?');
  const found = routes.filter(({ paths }) => paths.test(path));
  const allowed = METHODS.filter((method) => found.some(({ methods }) => methods.includes(method)));
  if (allowed.length === 0) return new HttpRefusal('NOT_FOUND', 'There is nothing at this path');
  const allow = allowed.join(', ');
  return new HttpRefusal('METHOD_NOT_ALLOWED', `This path takes ${allow}`, { allow });
}

/** A part of an address that is the same in all of its paths, a parameter with its condition, or the rest. */
const PARTS = /(?<parameter>:\w+(?:\([^)]*\))?)|(?<rest>\*)|[^:*]+/g;

/** The paths of a route such as `/tile/*` or `/forms/x/:department/:year(^\\d+).xlsx`. */
function pathsOf(url: string): RegExp {
  const parts = [...url.matchAll(PARTS)].map(({ 0: text, groups }) => {
    if (groups?.parameter !== undefined) return '[^/]+';
    return groups?.rest !== undefined ? '.*' : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
