import { Redis } from 'ioredis';

/**
 * Sets what the read models need of a server: stream nodes small enough that a document with one version does not take
 * 4 KB. If a server refuses that, the operator is warned, and the read models do without it.
 */
export async function settle(node: Redis, warn: (warning: Error) => void): Promise<void> {
  try {
    await node.config('SET', 'stream-node-max-bytes', '1024');
  } catch (error) {
    const message = `${nameOf(node)} refuses CONFIG SET: set stream-node-max-bytes to 1024 in its configuration`;
    if (isRefusal(error)) warn(new Error(message, { cause: error }));
  }
}

export const nameOf = ({ options }: Redis): string => `Redis ${options.host ?? ''}:${String(options.port)}`;

/** Whether the server answered, and said no; else it cannot be reached. */
export const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';
