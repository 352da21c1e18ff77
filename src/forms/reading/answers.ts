import { Cell, cellName } from '../workbook';

/** A cell of a file. */
export interface CellPlace {
  readonly sheet: string;
  readonly cell: Cell;
}

/** What a cell becomes, or why it becomes nothing: in Chinese, for the person that has sent the file. */
export interface CellAnswer {
  readonly sheet: string;
  /** `C8` */
  readonly cell: string;
  /** As the spreadsheet shows it. */
  readonly text: string;
  readonly becomes?: string;
  readonly reason?: string;
  /** It is wrong: nothing of the file is recorded until it is put right. */
  readonly isRefused?: true;
  /** It is read, and a person should look at it. */
  readonly warning?: string;
}

/** What a person sees of a long text. */
const SHOWN = 200;
const shortened = (text: string): string => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}……`);

type Said = Omit<CellAnswer, 'sheet' | 'cell' | 'text'>;

/** Collects one answer for each cell. */
export class CellAnswers {
  private readonly said = new Map<Cell, CellAnswer>();
  private refusals = 0;

  get hasRefusals(): boolean {
    return this.refusals > 0;
  }

  becomes(place: CellPlace | undefined, becomes: string, warning?: string): void {
    const said = { becomes: shortened(becomes) };
    this.say(place, warning === undefined ? said : { ...said, warning });
  }

  nothing(place: CellPlace | undefined, reason: string, warning?: string): void {
    this.say(place, warning === undefined ? { reason } : { reason, warning });
  }

  /** For a cell that nothing was read from. */
  other(place: CellPlace, reason: string, isSheetHidden: boolean): void {
    if (this.has(place)) return;
    if (isSheetHidden) this.nothing(place, '隐藏的工作表不读');
    else if (place.cell.isHidden) this.nothing(place, '隐藏的行不读：如需导入，请先取消隐藏或筛选', '隐藏的行');
    else this.nothing(place, reason);
  }

  refuse(place: CellPlace | undefined, reason: string): void {
    this.say(place, { reason, isRefused: true });
  }

  has({ cell }: CellPlace): boolean {
    return this.said.has(cell);
  }

  of({ cell }: CellPlace): CellAnswer | undefined {
    return this.said.get(cell);
  }

  /** A refusal stays, whatever is said later. */
  private say(place: CellPlace | undefined, said: Said): void {
    if (place === undefined || this.said.get(place.cell)?.isRefused) return;
    if (said.isRefused) this.refusals++;
    const { sheet, cell } = place;
    this.said.set(cell, { sheet, cell: cellName(cell), text: shortened(cell.shown), ...said });
  }
}
