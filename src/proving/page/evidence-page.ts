import { EventMetadata } from '../../event-store/envelope';
import { EvidenceFile } from '../../evidence/files/evidence-file';
import { entityName } from '../../evidence/files/names';
import { AskedMoment, Question } from '../../evidence/files/question';
import { JsonObject } from '../../kernel/json';
import { Instant, readInstant } from '../../kernel/time';
import { filled, HOLE, Html, html } from './html';
import { labelOf } from './labels';
import { STYLE } from './style';
import { timesIn } from './times';
import { objectPieces, valueHtml, valuePieces } from './values';

/** What a page shows of a file. */
export interface ShownFile extends Pick<
  EvidenceFile,
  'question' | 'answer' | 'software' | 'streamPrefix' | 'checkpoint' | 'headsNote'
> {
  readonly entities: readonly { readonly stream: string; readonly events: Iterable<ShownEvent> }[];
}

type ShownEvent = Pick<
  EvidenceFile['entities'][number]['events'][number],
  'revision' | 'type' | 'position' | 'recordedAt' | 'data' | 'metadata'
>;

export const evidencePage = (file: ShownFile, fingerprint: string): string =>
  [...pagePieces(file, fingerprint)].join('');

/**
 * The evidence as a page to print, in Chinese and English. The page proves nothing itself: it shows what the file says. A piece is at most an
 * event, a row of the answer, or what is around them.
 */
export function* pagePieces(file: ShownFile, fingerprint: string): Generator<string, void, undefined> {
  const [beforeAnswer = '', beforeHistories = '', end = ''] = frameOf(file, fingerprint).text.split(HOLE.text);
  yield beforeAnswer;
  yield* answerPieces(file.answer as JsonObject);
  yield beforeHistories;
  const time = timesIn(file.question.timeZone);
  for (const entity of file.entities) yield* historyPieces(file.streamPrefix, entity, time);
  yield end;
}

/** With holes for the answer and the histories. */
function frameOf(file: ShownFile, fingerprint: string): Html {
  const { question, software } = file;
  const title = titleOf(question);
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <h1>证据 Evidence<br />${title}</h1>
        <p class="fingerprint">${fingerprint}</p>
        <p>
          指纹，可在电话中核对：数字相同，即同一文件。The fingerprint, to compare over the telephone: whoever has the
          same digits has the same file.
        </p>
        <h2>问题 Question</h2>
        ${questionHtml(question)}
        <h2>回答 Answer</h2>
        ${HOLE}
        <h2>变更记录 History</h2>
        <p>截至检查点的全部变更，一项不缺。All changes up to the checkpoint; none is missing.</p>
        ${HOLE}
        <h2>签名 Signed notes</h2>
        <pre>${file.checkpoint}</pre>
        <pre>${file.headsNote}</pre>
        <h2>核验 How to check</h2>
        <p>
          本页只是文件的打印件；核验的是文件本身，不需要服务器和网络。This page only shows the file. Check the file
          itself; that needs no server and no network:
        </p>
        <pre>mingjian check FILE --policy POLICY [OLD_CHECKPOINT]</pre>
        <p class="unproven">制作软件（未经证明）Made with (not proven): ${software}</p>
      </body>
    </html> `;
}

function titleOf({ department, subject }: Question): string {
  return 'entity' in subject
    ? `${labelOf(subject.entity.entityType)} ${subject.entity.code}`
    : `部门年度 Department and year ${department} ${subject.fiscalYear}`;
}

function questionHtml(question: Question): Html {
  const { timeZone } = question;
  const time = timesIn(timeZone);
  const moment = (name: string, { position, knownAt, effectiveAt }: AskedMoment): Html =>
    html` <tr>
      <th scope="row">${name}</th>
      <td>
        已知截至 known up to: ${knownAt === undefined ? '—' : time(knownAt)}<br />
        生效截至 true as of: ${effectiveAt === undefined ? '不限 no bound' : time(effectiveAt)}<br />
        账本位置 position in the log: ${String(position)}
      </td>
    </tr>`;
  const moments =
    question.kind === 'DIFFERENCE'
      ? [moment('从 From', question.from), moment('到 To', question.to)]
      : [moment(question.kind === 'CHANGE' ? '变更 Change' : '时点 Moment', question.at)];
  return html`<table>
    <tr>
      <th scope="row">部门 Department</th>
      <td>${question.department}</td>
    </tr>
    ${moments}
    <tr>
      <th scope="row">时区 Time zone</th>
      <td>${timeZone}</td>
    </tr>
  </table>`;
}

function* answerPieces(answer: JsonObject): Generator<string, void, undefined> {
  const { change } = answer;
  if (change !== undefined) {
    yield* objectPieces(change as JsonObject);
    return;
  }
  const entities = answer.entities as readonly JsonObject[];
  if (entities.length === 0) yield html`<p>没有差异。Nothing differs.</p>`.text;
  for (const { entityType, code, fields, changes } of entities) {
    yield html`<h3>${labelOf(entityType as string)} ${code as string}</h3> `.text;
    yield* valuePieces(fields ?? changes);
  }
}

function* historyPieces(
  streamPrefix: string,
  { stream, events }: ShownFile['entities'][number],
  time: (at: Instant) => string,
): Generator<string, void, undefined> {
  yield* filled(
    (rows) =>
      html`<h3>${entityName(stream, streamPrefix)}</h3>
        <table>
          <tr>
            <th scope="col">序号 No.</th>
            <th scope="col">变更 Change</th>
            <th scope="col">生效 Effective</th>
            <th scope="col">记录 Recorded</th>
            <th scope="col">文号 Document</th>
            <th scope="col">经办 By</th>
            <th scope="col">位置 Position</th>
            <th scope="col">内容 Contents</th>
          </tr>
          ${rows}
        </table>`,
    eventRows(events, time),
  );
}

function* eventRows(events: Iterable<ShownEvent>, time: (at: Instant) => string): Generator<string, void, undefined> {
  for (const { revision, type, position, recordedAt, data, metadata } of events) {
    const { effectiveAt, documentNo, actor } = metadata as unknown as EventMetadata;
    yield html`<tr>
      <td>${String(revision + 1n)}</td>
      <td>${type}</td>
      <td>${time(readInstant(effectiveAt))}</td>
      <td>${time(recordedAt)}</td>
      <td>${documentNo ?? ''}</td>
      <td>${actor.name ?? actor.sub}</td>
      <td>${String(position)}</td>
      <td>${valueHtml(data as JsonObject)}</td>
    </tr> `.text;
  }
}
