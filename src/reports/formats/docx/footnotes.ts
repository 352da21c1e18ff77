import { IPropertiesOptions, Paragraph, TextRun } from 'docx';
import { Footnotes } from '../../document/footnotes';

/** The texts of all footnotes, by their numbers. */
export const footnotesOf = ({ all }: Footnotes): IPropertiesOptions['footnotes'] =>
  Object.fromEntries(
    all.map(({ number, text }) => [
      number,
      { children: [new Paragraph({ style: 'FootnoteText', children: [new TextRun(text)] })] },
    ]),
  );
