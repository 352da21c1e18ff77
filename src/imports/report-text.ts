import { longWork } from '../kernel/turns';
import { ImportReport } from './import-report';

/** Cells that take about a millisecond to write. */
const CELLS_AT_ONCE = 500;

/** The report as JSON, in parts: a file may have 150,000 cells, each with an answer. */
export async function* reportText({ cells, ...rest }: ImportReport): AsyncGenerator<string, void, undefined> {
  yield `${JSON.stringify(rest).slice(0, -1)},"cells":[`;
  for (let from = 0; from < cells.length; from += CELLS_AT_ONCE) {
    await longWork.turn();
    const part = JSON.stringify(cells.slice(from, from + CELLS_AT_ONCE)).slice(1, -1);
    yield from === 0 ? part : `,${part}`;
  }
  yield ']}';
}
