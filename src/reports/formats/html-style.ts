/** Print style: A4, with margins, and table heads that are repeated on each page. */
export const STYLE = `
@page { size: A4; margin: 25mm 22mm; }
body { font-family: "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; font-size: 11pt; line-height: 1.7; color: #000; max-width: 170mm; margin: 0 auto; padding: 1em; }
header { text-align: center; }
h1, h2, h3, h4, h5, caption, figcaption, th { font-family: "Noto Sans CJK SC", "Source Han Sans SC", SimHei, sans-serif; }
h1 { font-size: 20pt; } h2 { font-size: 15pt; } h3 { font-size: 13pt; } h4, h5 { font-size: 11pt; }
h2, h3, h4, h5 { break-after: avoid; }
p { text-align: justify; }
p, li, td { white-space: pre-line; overflow-wrap: anywhere; }
ul { list-style: none; padding-left: 1em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 9pt; line-height: 1.4; margin: 1em 0; }
caption { font-size: 10pt; padding: 0.4em; }
th, td { border: 0.5pt solid #000; padding: 0.25em 0.4em; vertical-align: top; text-align: left; }
th { background: #eee; } thead { display: table-header-group; } tr { break-inside: avoid; }
.right { text-align: right; white-space: nowrap; } .strong { font-weight: bold; }
figure { margin: 1em 0; text-align: center; break-inside: avoid; } figcaption { font-size: 10pt; }
svg { width: 100%; height: auto; font-family: "Noto Sans CJK SC", "Source Han Sans SC", SimHei, sans-serif; }
sup a { text-decoration: none; color: #1f3a5f; padding: 0 0.1em; }
code { font-family: monospace; font-size: 9pt; overflow-wrap: anywhere; }
.notes { font-size: 8.5pt; line-height: 1.5; } .notes a { text-decoration: none; }
.page { break-after: page; }
@media print { body { max-width: none; padding: 0; } }
`;
