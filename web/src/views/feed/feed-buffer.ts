/**
 * The newest rows of a feed. It never holds more than its capacity: each further row takes the place of the oldest. Rows are numbered
 * in the order in which they came, from 0, so a row keeps its number while others come.
 */
export class FeedBuffer<Row> {
  private readonly rows: Row[] = [];
  private added = 0;

  constructor(private readonly capacity: number) {}

  /** The number after that of the newest row. */
  get end(): number {
    return this.added;
  }

  /** The number of the oldest row that is kept. */
  get start(): number {
    return Math.max(0, this.added - this.capacity);
  }

  add(row: Row): void {
    this.rows[this.added % this.capacity] = row;
    this.added++;
  }

  /** undefined if the row is not kept any more, or has not come yet. */
  at(number: number): Row | undefined {
    return number < this.start || number >= this.end ? undefined : this.rows[number % this.capacity];
  }

  clear(): void {
    this.rows.length = 0;
    this.added = 0;
  }
}
