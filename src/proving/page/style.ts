/** For paper: black on white, and tables that break between rows. */
export const STYLE = `
body { font: 10pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
h1 { font-size: 16pt; }
h2 { border-bottom: 1px solid; font-size: 13pt; }
h3 { font-size: 11pt; }
table { border-collapse: collapse; margin: 0.5em 0; }
th, td { border: 1px solid #888; padding: 0.2em 0.5em; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
pre { border: 1px solid #888; overflow-wrap: anywhere; padding: 0.5em; white-space: pre-wrap; }
.fingerprint { font: bold 20pt monospace; letter-spacing: 0.05em; }
.unproven { color: #555; }
`;
