import { Difference } from '../projector/verification';

/** One line for one difference. */
export function describeDifference({ where, path, log, readModels }: Difference): string {
  const what = path === '' ? where : `${where}, ${path}`;
  return `${what}: the log says ${shown(log)}, the read models say ${shown(readModels)}\n`;
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
