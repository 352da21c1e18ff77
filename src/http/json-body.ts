import { isUtf8 } from 'node:buffer';
import { MIMEType } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cut } from '../kernel/echo';
import { BodyLimits, readBody } from './body';
import { callerOf } from './identified';
import { hasMoreContainers, MOST_CONTAINERS, TOO_MANY_CONTAINERS } from './json-containers';
import { HttpRefusal } from './refusal';

const UTF_8 = /^utf-?8$/i;

/**
 * Request bodies must be JSON in UTF-8. Node would decode other bytes to U+FFFD, which would then be recorded. A byte order
 * mark is dropped, because PowerShell 5 writes one.
 */
export function acceptJsonBodies(fastify: FastifyInstance, limits: BodyLimits): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    const problem = problemOf(request);
    if (problem !== undefined) done(problem);
    else
      readBody(payload, callerOf(request).principal.sub, limits, (error, parts) => {
        if (parts === undefined) {
          done(error);
          return;
        }
        const body = Buffer.concat(parts);
        if (!isUtf8(body)) done(new HttpRefusal('BAD_USER_INPUT', 'The request body is not UTF-8'));
        else if (hasMoreContainers(body, MOST_CONTAINERS))
          done(new HttpRefusal('BAD_USER_INPUT', `The request body ${TOO_MANY_CONTAINERS}`));
        // `parseJson` drops the byte order mark.
        else void parseJson(request, body.toString('utf8'), done);
      });
  });
  fastify.addContentTypeParser('*', (_request, _payload, done) => {
    done(new HttpRefusal('UNSUPPORTED_MEDIA_TYPE', 'A request body needs the header content-type: application/json'));
  });
}

function problemOf({ headers }: FastifyRequest): HttpRefusal | undefined {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    return new HttpRefusal('UNSUPPORTED_MEDIA_TYPE', 'A request body must not be compressed', {
      'accept-encoding': 'identity',
    });
  }
  const charset = charsetOf(headers['content-type'] ?? '');
  if (charset !== undefined && !UTF_8.test(charset)) {
    return new HttpRefusal(
      'UNSUPPORTED_MEDIA_TYPE',
      `A request body must be UTF-8; its content-type says ${cut(charset, 50)}`,
    );
  }
  return undefined;
}

/** Fastify has checked that the type is application/json, but its parameters may still be malformed. */
function charsetOf(contentType: string): string | undefined {
  try {
    return new MIMEType(contentType).params.get('charset')?.trim();
  } catch {
    return contentType;
  }
}
