import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { Report } from '../measure';
import { changes } from './changes';
import { pageOfCost, svgOfCost } from './drawing';
import { entities, versions } from './questions';
import { readers } from './readers';

/** Time and memory of each main operation, by what there is more and more of. Writes docs/cost.md and docs/cost.svg. */
export async function cost(largest: number): Promise<Report> {
  const axes = [await changes(largest), await entities(), await versions(), await readers()];
  const day = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory} GiB, Node ${process.version}, ${day}`;
  writeFileSync('docs/cost.svg', svgOfCost(axes));
  writeFileSync('docs/cost.md', pageOfCost(axes, machine));
  return axes.flatMap(({ of, points, nextLimit }) => [
    ...points.map(({ operation, size, micros }) => ({
      what: `${operation}: ${size.toLocaleString('en')} ${of}`,
      value: micros,
      unit: 'µs',
    })),
    nextLimit,
  ]);
}
