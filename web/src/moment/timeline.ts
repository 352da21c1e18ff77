import { computed, signal } from '@preact/signals';
import { ask } from '../api/ask';
import { ChangeFilter, TimelinePageDocument, TimelinePageQuery } from '../generated/documents';
import { dayOf } from '../language/dates';
import { timeZone, today } from '../session/ledger';
import { token } from '../session/token';
import { quartersBack } from './quarters';

export type TimelineChange = NonNullable<TimelinePageQuery['changes']>['nodes'][number];

/** The changes on record that the person may read, up to the newest one, in log order. It grows towards the past while it is read. */
export const timeline = signal<readonly TimelineChange[]>([]);
/** Whether nothing that is on record is missing at the end of the timeline. */
export const isTimelineComplete = signal(false);

/** Of a longer ledger the slider has the newest quarters, with at least so many changes. The date leads to every other day. */
const ENOUGH = 20_000;
const PAGE = 200;

let reading: AbortController | undefined;
token.subscribe(() => {
  reading?.abort();
  timeline.value = [];
  isTimelineComplete.value = false;
});

/** Reads the timeline, or what has been recorded since it was read. */
export async function readTimeline(): Promise<void> {
  reading?.abort();
  const controller = new AbortController();
  reading = controller;
  const { signal } = controller;
  const known = timeline.peek();
  if (isTimelineComplete.peek() && known.length > 0) {
    const since = await pagesOf({}, signal, known.at(-1)?.position);
    if (since !== undefined && since.length > 0) timeline.value = [...known, ...since];
    return;
  }
  const oldest = await page({}, 1, signal);
  const [first] = oldest?.nodes ?? [];
  if (first === undefined) return;
  let changes: readonly TimelineChange[] = [];
  for (const { from, to } of quartersBack(dayOf(first.recordedAt, timeZone.peek()), today())) {
    const older = await pagesOf({ recordedFrom: from, recordedTo: to }, signal);
    if (older === undefined) return;
    changes = [...older, ...changes];
    timeline.value = changes;
    if (changes.length >= ENOUGH) break;
  }
  isTimelineComplete.value = true;
}

/** All pages; undefined if the reading has ended before. */
async function pagesOf(
  filter: ChangeFilter,
  signal: AbortSignal,
  start?: string,
): Promise<readonly TimelineChange[] | undefined> {
  const changes: TimelineChange[] = [];
  for (let after = start; ;) {
    const read = await page(filter, PAGE, signal, after);
    if (read === undefined) return undefined;
    changes.push(...read.nodes);
    if (!read.pageInfo.hasNextPage) return changes;
    after = read.position;
  }
}

async function page(filter: ChangeFilter, first: number, signal: AbortSignal, after?: string) {
  const answer = await ask(TimelinePageDocument, { filter, first, after }, signal);
  return signal.aborted || !answer.ok ? undefined : (answer.data.changes ?? undefined);
}

const indexes = computed(() => new Map(timeline.value.map(({ position }, index) => [position, index])));

/** -1 if the timeline does not have the position. */
export const indexOfPosition = (position: string): number => indexes.value.get(position) ?? -1;

export const recordedAtOf = (position: string): string | undefined =>
  timeline.value[indexOfPosition(position)]?.recordedAt;

/** How many changes were recorded after a position; undefined while that is not known. */
export function changesAfter(position: string): number | undefined {
  const index = indexOfPosition(position);
  return index === -1 || !isTimelineComplete.value ? undefined : timeline.value.length - 1 - index;
}
