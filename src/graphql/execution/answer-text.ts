import { Awaitable } from '../../kernel/async';
import { longWork } from '../../kernel/turns';
import { Work } from '../../reading/work';

/** A value that is not much longer than this is written in one go, in about a millisecond. */
const PIECE = 131_072;
/** Fewer values than this are one piece, however long their texts are. */
const FEW_FIELDS = 600;

/** JSON text of an answer's data. Its bytes are charged. A long text is written in several turns. Throws `Refused` (LIMIT_EXCEEDED). */
export function answerText(data: unknown, work: Work): Awaitable<string> {
  if (work.fields > FEW_FIELDS && weightOf(data, PIECE) > PIECE) return new LongText(work).write(data);
  const text = JSON.stringify(data);
  work.charge('bytes', Buffer.byteLength(text));
  return text;
}

class LongText {
  private text = '';

  constructor(private readonly work: Work) {}

  async write(data: unknown): Promise<string> {
    await this.add(data);
    return this.text;
  }

  private async add(value: unknown): Promise<void> {
    if (typeof value !== 'object' || value === null || weightOf(value, PIECE) <= PIECE) {
      await this.append(JSON.stringify(value));
    } else if (Array.isArray(value)) {
      await this.addAll(value as readonly unknown[]);
    } else {
      await this.addFields(Object.entries(value).filter(([, field]) => field !== undefined));
    }
  }

  /** Items are written together as long as they are one piece. */
  private async addAll(items: readonly unknown[]): Promise<void> {
    this.put('[');
    for (let start = 0, end = 0; start < items.length; start = end) {
      let weight = 0;
      while (end < items.length && weight <= PIECE) weight += weightOf(items[end++], PIECE);
      if (start > 0) this.put(',');
      if (end === start + 1) await this.add(items[start] ?? null);
      else await this.append(JSON.stringify(items.slice(start, end)).slice(1, -1));
    }
    this.put(']');
  }

  private async addFields(fields: readonly (readonly [string, unknown])[]): Promise<void> {
    let separator = '{';
    for (const [name, value] of fields) {
      this.put(`${separator}${JSON.stringify(name)}:`);
      separator = ',';
      await this.add(value);
    }
    this.put(separator === '{' ? '{}' : '}');
  }

  private async append(piece: string): Promise<void> {
    this.put(piece);
    const turn = longWork.pass(this.work);
    if (turn !== undefined) await turn;
  }

  private put(piece: string): void {
    this.work.charge('bytes', Buffer.byteLength(piece));
    this.text += piece;
  }
}

/** About how many characters the value takes as JSON; counting ends beyond `most`. */
function weightOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  let weight = 2;
  if (Array.isArray(value)) {
    for (const item of value) if ((weight += weightOf(item, most - weight)) > most) break;
    return weight;
  }
  for (const name in value) {
    weight += name.length + 4 + weightOf((value as Record<string, unknown>)[name], most - weight);
    if (weight > most) break;
  }
  return weight;
}
