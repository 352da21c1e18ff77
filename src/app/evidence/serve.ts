import { FastifyInstance } from 'fastify';
import { KeptCheckpoints } from '../../evidence/kept-checkpoint';
import { parseTilePath, TilePart, TILE_WIDTH } from '../../evidence/tiles/tile';
import { rowOf, TileStorage } from '../../evidence/tiles/tile-storage';
import { HttpRefusal } from '../../http/refusal';

export interface ServedTree {
  readonly kept: Pick<KeptCheckpoints, 'newest'>;
  readonly storage: Pick<TileStorage, 'read'>;
}

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * `GET /checkpoint` and `GET /tile/…` (C2SP tlog-tiles), for everybody: hashes of commitments show nothing of the events. Only what
 * a checkpoint has signed is served, so a tile never changes.
 */
export function serveTree(fastify: FastifyInstance, { kept, storage }: ServedTree): void {
  fastify.get('/checkpoint', (_request, reply) => {
    if (kept.newest === undefined) throw new HttpRefusal('NOT_FOUND', 'There is no checkpoint yet');
    return reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(kept.newest.note);
  });

  fastify.get('/tile/*', (request, reply) => {
    const part = parseTilePath((request.params as { readonly '*': string })['*']);
    const isSigned = part !== undefined && leavesOf(part) <= (kept.newest?.treeSize ?? 0n);
    const hashes = isSigned ? storage.read(rowOf(part)) : undefined;
    if (hashes === undefined) throw new HttpRefusal('NOT_FOUND', 'There is no such tile');
    return reply.header('content-type', 'application/octet-stream').header('cache-control', FOR_EVER).send(hashes);
  });
}

/** The size of the smallest tree that has the part. */
const leavesOf = ({ level, index, width }: TilePart): bigint =>
  (index * BigInt(TILE_WIDTH) + BigInt(width)) * BigInt(TILE_WIDTH) ** BigInt(level);
