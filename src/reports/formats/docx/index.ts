import { Document, Footer, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import { ReportDocument } from '../../document/block';
import { Footnotes } from '../../document/footnotes';
import { childrenOf } from './blocks';
import { footnotesOf } from './footnotes';
import { dated } from './dated';
import { PAGE, STYLES, TITLE } from './styles';

/** A document for Word. The same report gives the same bytes. */
export async function docxOf(report: ReportDocument): Promise<Uint8Array> {
  const notes = new Footnotes();
  const children = [
    new Paragraph({ style: TITLE, text: report.title }),
    ...report.subtitles.map((text) => new Paragraph({ style: 'Subtitle', text })),
    ...report.blocks.flatMap((block, index) => childrenOf(block, notes, index)),
  ];
  const document = new Document({
    creator: '明鉴 Mingjian',
    lastModifiedBy: '明鉴 Mingjian',
    title: report.title,
    styles: STYLES,
    footnotes: footnotesOf(notes),
    sections: [{ properties: { page: PAGE }, footers: { default: pageNumbers() }, children }],
  });
  return dated(await Packer.toBuffer(document), report.date);
}

const pageNumbers = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        style: 'Footer',
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });
