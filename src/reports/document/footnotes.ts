import { Figure } from './block';

/** Numbers the footnotes of a document in the order in which a renderer comes to them. */
export class Footnotes {
  private readonly texts: string[] = [];

  /** The number of the footnote of a figure, from 1. */
  numberOf({ note }: Figure): number {
    return this.texts.push(note);
  }

  get all(): readonly { readonly number: number; readonly text: string }[] {
    return this.texts.map((text, index) => ({ number: index + 1, text }));
  }
}
