import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { flatness } from './flatness';
import { http } from './http';
import { largeBudget } from './large-budget';
import { Figure, meets } from './measure';
import { replay } from './replay';

const SECTIONS = { flatness, replay, 'large budget': largeBudget, http } as const;

/** Runs all sections, or those named, prints a table, and writes the figures to bench-results/. */
async function main(wanted: readonly string[]): Promise<void> {
  const report: Record<string, readonly Figure[]> = {};
  for (const [name, run] of Object.entries(SECTIONS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    report[name] = await run();
    print(name, report[name]);
  }
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  mkdirSync('bench-results', { recursive: true });
  const file = `bench-results/${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
  writeFileSync(file, `${JSON.stringify({ machine, report }, null, 2)}\n`);
  process.stdout.write(`\n${file}\n`);
  process.exitCode = Object.values(report).flat().every(meets) ? 0 : 1;
}

function print(name: string, figures: readonly Figure[]): void {
  process.stdout.write(`\n${name}\n`);
  for (const figure of figures) {
    const { what, value, unit, bound } = figure;
    const shown = value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
    const limit =
      bound === undefined ? '' : 'atLeast' in bound ? `at least ${bound.atLeast}` : `at most ${bound.atMost}`;
    const verdict = bound === undefined ? '' : meets(figure) ? 'ok' : 'MISSED';
    process.stdout.write(
      `  ${what.padEnd(58)} ${shown.padStart(10)} ${unit.padEnd(9)} ${limit.padEnd(15)} ${verdict}\n`,
    );
  }
}

void main(process.argv.slice(2));
