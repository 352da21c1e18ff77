import { computed, signal } from '@preact/signals';
import { ask } from '../api/ask';
import { TimelinePageDocument, TimelinePageQuery } from '../generated/documents';

export type TimelineChange = NonNullable<TimelinePageQuery['changes']>['nodes'][number];

/** Every change on record that the person may read, in log order. It grows while it is being read. */
export const timeline = signal<readonly TimelineChange[]>([]);
/** Whether the last change on record is in the timeline. */
export const isTimelineComplete = signal(false);

/** A longer ledger is shown up to here, by date only after that. */
const MOST = 20_000;

let reading: AbortController | undefined;

/** Reads the changes that the timeline does not have yet. */
export async function readTimeline(): Promise<void> {
  reading?.abort();
  const controller = new AbortController();
  reading = controller;
  const changes = [...timeline.peek()];
  for (;;) {
    const after = changes.at(-1)?.position;
    const answer = await ask(TimelinePageDocument, { after }, controller.signal);
    if (controller.signal.aborted || !answer.ok || answer.data.changes === null) return;
    const { nodes, pageInfo } = answer.data.changes;
    changes.push(...nodes);
    // One copy for each page: whoever has read an old list keeps it.
    if (nodes.length > 0) timeline.value = [...changes];
    if (!pageInfo.hasNextPage || changes.length >= MOST) {
      isTimelineComplete.value = !pageInfo.hasNextPage;
      return;
    }
  }
}

export function forgetTimeline(): void {
  reading?.abort();
  timeline.value = [];
  isTimelineComplete.value = false;
}

const indexes = computed(() => new Map(timeline.value.map(({ position }, index) => [position, index])));

/** -1 if the timeline does not have the position. */
export const indexOfPosition = (position: string): number => indexes.value.get(position) ?? -1;

export const recordedAtOf = (position: string): string | undefined =>
  timeline.value[indexOfPosition(position)]?.recordedAt;

/** How many changes were recorded after a position; undefined while that is not known. */
export function changesAfter(position: string | undefined): number | undefined {
  if (position === undefined || !isTimelineComplete.value) return undefined;
  const index = indexOfPosition(position);
  return index === -1 ? undefined : timeline.value.length - 1 - index;
}
