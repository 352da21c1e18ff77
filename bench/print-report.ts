import { Figure, meets, Report } from './measure';

export function printReport(name: string, report: Report): void {
  process.stdout.write(`\n${name}\n`);
  for (const line of report) process.stdout.write(typeof line === 'string' ? `  ${line}\n` : row(line));
}

function row(figure: Figure): string {
  const { what, value, unit, bound } = figure;
  const shown = value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
  const limit = bound === undefined ? '' : 'atLeast' in bound ? `at least ${bound.atLeast}` : `at most ${bound.atMost}`;
  const verdict = bound === undefined ? '' : meets(figure) ? 'ok' : 'MISSED';
  return `  ${what.padEnd(66)} ${shown.padStart(10)} ${unit.padEnd(9)} ${limit.padEnd(15)} ${verdict}\n`;
}
