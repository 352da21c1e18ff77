import { FastifyInstance } from 'fastify';

const DEFAULT_PORT = 4000;
const TRIES = 100;

/** Listens on `port`, by default 4000; with `orNext`, on the next free port from 4000 on. Returns the address. */
export async function listen(
  fastify: FastifyInstance,
  { host, port, orNext }: { readonly host: string; readonly port?: number; readonly orNext: boolean },
): Promise<string> {
  if (port !== undefined || !orNext) return fastify.listen({ host, port: port ?? DEFAULT_PORT });
  for (let candidate = DEFAULT_PORT; ; candidate++) {
    try {
      return await fastify.listen({ host, port: candidate });
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || candidate === DEFAULT_PORT + TRIES) throw error;
    }
  }
}
