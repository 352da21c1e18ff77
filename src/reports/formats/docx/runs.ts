import { FootnoteReferenceRun, IRunOptions, ParagraphChild, TextRun } from 'docx';
import { Content, Inline } from '../../document/block';
import { Footnotes } from '../../document/footnotes';
import { writable } from '../writable';
import { CODE_FONT } from './styles';

export const runsOf = (content: Content, notes: Footnotes, isBold?: boolean): readonly ParagraphChild[] =>
  content.flatMap((inline) => runsOfInline(inline, notes, isBold));

function runsOfInline(inline: Inline, notes: Footnotes, isBold: boolean | undefined): readonly ParagraphChild[] {
  if (typeof inline === 'string') return textRuns(inline, isBold);
  if (inline.kind === 'code') return [new TextRun({ text: inline.text, font: CODE_FONT, size: 18 })];
  return [...textRuns(inline.text, isBold), new FootnoteReferenceRun(notes.numberOf(inline))];
}

/** Lines of a recorded text stay lines. */
const textRuns = (text: string, isBold: boolean | undefined): readonly TextRun[] =>
  writable(text)
    .split(/\r\n|\r|\n/)
    .map((line, index): IRunOptions => ({ text: line, bold: isBold, ...(index > 0 ? { break: 1 } : {}) }))
    .map((options) => new TextRun(options));
