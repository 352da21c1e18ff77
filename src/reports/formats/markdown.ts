import { Chart } from '../../charts/chart';
import { Block, Content, Inline, ReportDocument, Table } from '../document/block';
import { Footnotes } from '../document/footnotes';

/** GitHub's Markdown, with footnotes. A chart is written as the figures that it shows. */
export function markdownOf({ title, subtitles, blocks }: ReportDocument): string {
  const notes = new Footnotes();
  const body = blocks.map((block) => blockText(block, notes)).filter((text) => text !== '');
  const footnotes = notes.all.map(({ number, text }) => `[^${number}]: ${escaped(text)}`);
  return `${[`# ${escaped(title)}`, ...subtitles.map(escaped), ...body, footnotes.join('\n')].join('\n\n')}\n`;
}

function blockText(block: Block, notes: Footnotes): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${escaped(block.text)}`;
    case 'paragraph':
      return contentText(block.content, notes);
    case 'list':
      return block.items.map((item) => `- ${contentText(item, notes)}`).join('\n');
    case 'table':
      return tableText(block, notes);
    case 'picture':
      return chartText(block.chart);
    case 'page-break':
      return '---';
  }
}

function tableText({ caption, columns, rows }: Table, notes: Footnotes): string {
  const titles = columns.map(({ title, note }) =>
    inlineText(note === undefined ? title : { kind: 'figure', text: title, note }, notes),
  );
  const lines = rows.map(({ cells, strong }) =>
    cells.map((cell) => {
      const text = contentText(cell, notes);
      return strong === true && text.trim() !== '' ? `**${text.trim()}**` : text;
    }),
  );
  const rule = columns.map(({ align }) => (align === 'right' ? '--:' : '---'));
  return [`**${escaped(caption)}**`, [titles, rule, ...lines].map(rowText).join('\n')].join('\n\n');
}

function chartText({ title, columns, legend }: Chart): string {
  const labels = columns.map(({ label }) => escaped(label));
  const values = columns.map(({ value }) => escaped(value));
  const rule = columns.map(() => '--:');
  const figures = [labels, rule, values].map(rowText).join('\n');
  return [`**图：${escaped(title)}**`, figures, legend.map(({ text }) => escaped(text)).join('；')].join('\n\n');
}

const rowText = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const contentText = (content: Content, notes: Footnotes): string =>
  content.map((inline) => inlineText(inline, notes)).join('');

function inlineText(inline: Inline, notes: Footnotes): string {
  if (typeof inline === 'string') return escaped(inline);
  if (inline.kind === 'code') return `\`${inline.text.replace(/`/g, '')}\``;
  return `${escaped(inline.text)}[^${notes.numberOf(inline)}]`;
}

/** A recorded text must not become markup, and stays on its line. */
const escaped = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\\`*_{}[\]<>|#~]/g, '\\$&');
