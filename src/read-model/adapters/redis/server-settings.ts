import { Redis } from 'ioredis';

/**
 * Makes the nodes of streams so small that a document with one version does not take 4 KB. If a server refuses the setting, the
 * operator gets a warning, and the read models work without it.
 */
export async function configure(node: Redis, warn: (warning: Error) => void): Promise<void> {
  try {
    await node.config('SET', 'stream-node-max-bytes', '1024');
  } catch (error) {
    const message = `${nameOf(node)} refuses CONFIG SET: set stream-node-max-bytes to 1024 in its configuration`;
    if (isRefusal(error)) warn(new Error(message, { cause: error }));
  }
}

export const nameOf = ({ options }: Redis): string => `Redis ${options.host ?? ''}:${String(options.port)}`;

/** Whether the server answered and refused. Otherwise it could not be reached. */
export const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';
