import { svgOf } from '../../charts/svg';
import { Block, Content, Inline, ReportDocument, Row, Table } from '../document/block';
import { Footnotes } from '../document/footnotes';
import { STYLE } from './html-style';
import { escaped } from './markup';

/** One page that needs nothing else, printed on A4. */
export function htmlOf({ title, subtitles, blocks }: ReportDocument): string {
  const notes = new Footnotes();
  const body = blocks.map((block) => blockText(block, notes)).join('\n');
  const footnotes = notes.all.map(
    ({ number, text }) => `<li id="n${number}">${escaped(text)} <a href="#r${number}" aria-label="返回">↑</a></li>`,
  );
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
${subtitles.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
</header>
<main>
${body}
</main>
<section class="notes">
<h2>脚注</h2>
<ol>
${footnotes.join('\n')}
</ol>
</section>
</body>
</html>
`;
}

function blockText(block: Block, notes: Footnotes): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1}>${escaped(block.text)}</h${block.level + 1}>`;
    case 'paragraph':
      return `<p>${contentText(block.content, notes)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${contentText(item, notes)}</li>`).join('')}</ul>`;
    case 'table':
      return tableText(block, notes);
    case 'picture':
      return `<figure>${svgOf(block.chart)}<figcaption>图：${escaped(block.chart.title)}</figcaption></figure>`;
    case 'page-break':
      return '<div class="page"></div>';
  }
}

function tableText({ caption, columns, rows }: Table, notes: Footnotes): string {
  const all = columns.reduce((sum, { width = 1 }) => sum + width, 0);
  const widths = columns.map(({ width = 1 }) => `<col style="width:${Math.round((width / all) * 1000) / 10}%">`);
  const titles = columns.map(({ title, note, align }) => {
    const text = inlineText(note === undefined ? title : { kind: 'figure', text: title, note }, notes);
    return `<th scope="col"${align === 'right' ? ' class="right"' : ''}>${text}</th>`;
  });
  const rowText = ({ cells, strong }: Row): string => {
    const texts = cells.map(
      (cell, index) =>
        `<td${columns[index]?.align === 'right' ? ' class="right"' : ''}>${contentText(cell, notes)}</td>`,
    );
    return `<tr${strong === true ? ' class="strong"' : ''}>${texts.join('')}</tr>`;
  };
  return `<table>
<caption>${escaped(caption)}</caption>
<colgroup>${widths.join('')}</colgroup>
<thead><tr>${titles.join('')}</tr></thead>
<tbody>
${rows.map(rowText).join('\n')}
</tbody>
</table>`;
}

const contentText = (content: Content, notes: Footnotes): string =>
  content.map((inline) => inlineText(inline, notes)).join('');

function inlineText(inline: Inline, notes: Footnotes): string {
  if (typeof inline === 'string') return escaped(inline);
  if (inline.kind === 'code') return `<code>${escaped(inline.text)}</code>`;
  const number = notes.numberOf(inline);
  return `${escaped(inline.text)}<sup><a id="r${number}" href="#n${number}">${number}</a></sup>`;
}
