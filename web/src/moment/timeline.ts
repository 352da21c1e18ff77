import { computed, signal } from '@preact/signals';
import { ask } from '../api/ask';
import { Failure, unreachable } from '../api/failure';
import { LedgerHeadDocument, TimelinePageDocument, TimelinePageQuery } from '../generated/documents';
import { token } from '../session/token';
import { isPosition } from './moment';
import { Known, Page, readBack } from './read-back';

export type TimelineChange = NonNullable<TimelinePageQuery['changes']>['nodes'][number];

/** How far the reading of the timeline is. */
export type TimelineState =
  | { readonly kind: 'READING' }
  | { readonly kind: 'READ' }
  /** It ended before. What has been read stays. */
  | { readonly kind: 'FAILED'; readonly failure: Failure };

const NOTHING: Known<TimelineChange> = { changes: [], begin: 0n, end: 0n };
const known = signal<Known<TimelineChange> | undefined>(undefined);
export const timelineState = signal<TimelineState>({ kind: 'READING' });

/** The changes on record that the person may read, up to the newest one, in log order. It grows towards the past while it is read. */
export const timeline = computed(() => (known.value ?? NOTHING).changes);
/** Whether it has been read. */
export const isTimelineComplete = computed(() => timelineState.value.kind === 'READ');
/** Whether it has every change on record, and not only the newest ones. */
export const isTimelineWhole = computed(() => isTimelineComplete.value && known.value?.begin === 0n);
/** The position after which it begins. */
export const timelineBegin = computed(() => String((known.value ?? NOTHING).begin));

/** Of a longer ledger the slider has the newest changes, at least so many. The date leads to every other day. */
const ENOUGH = 20_000;
const PAGE = 200;

let reading: AbortController | undefined;
token.subscribe(() => {
  reading?.abort();
  known.value = undefined;
  timelineState.value = { kind: 'READING' };
});

/** Reads the timeline, or goes on where the last reading has ended, and reads what has been recorded since. */
export async function readTimeline(): Promise<void> {
  reading?.abort();
  const controller = new AbortController();
  reading = controller;
  const { signal } = controller;
  const isOver = (): boolean => signal.aborted;
  if (timelineState.peek().kind === 'FAILED') timelineState.value = { kind: 'READING' };
  const head = await headOf(signal);
  if (isOver()) return;
  const failure =
    typeof head === 'bigint'
      ? await readBack<TimelineChange>({
          known: known.peek(),
          head,
          enough: ENOUGH,
          read: (after) => page(after, signal),
          onPart: (part) => {
            if (!isOver() && hasMore(part)) known.value = part;
          },
          signal,
        })
      : head;
  if (isOver()) return;
  timelineState.value = failure === undefined ? { kind: 'READ' } : { kind: 'FAILED', failure };
}

/** If nothing has been recorded since, nothing is drawn again. */
const hasMore = ({ changes, begin }: Known<TimelineChange>): boolean =>
  known.peek()?.changes.length !== changes.length || known.peek()?.begin !== begin;

/** The last position on record; 0 if there is none. */
async function headOf(signal: AbortSignal): Promise<bigint | Failure> {
  const answer = await ask(LedgerHeadDocument, {}, signal);
  return answer.ok ? BigInt(answer.data.ledger.head ?? '0') : answer.failure;
}

async function page(after: string, signal: AbortSignal): Promise<Page<TimelineChange> | Failure> {
  const answer = await ask(TimelinePageDocument, { first: PAGE, after }, signal);
  if (!answer.ok) return answer.failure;
  const { changes } = answer.data;
  if (changes === null) return unreachable('The server answered no changes').failure;
  return { nodes: changes.nodes, position: changes.position, hasNextPage: changes.pageInfo.hasNextPage };
}

/** The last change at or before a position; -1 if the timeline has none. */
export const indexOfPosition = (position: string): number =>
  isPosition(position) ? lastUpTo(timeline.value, BigInt(position)) : -1;

function lastUpTo(changes: readonly TimelineChange[], position: bigint): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (BigInt((changes[middle] as TimelineChange).position) <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** When the change at a position was recorded; undefined if the timeline has none there. */
export function recordedAtOf(position: string): string | undefined {
  const change = timeline.value[indexOfPosition(position)];
  return change?.position === position ? change.recordedAt : undefined;
}

/** How many changes were recorded after a position; undefined while that is not known. */
export function changesAfter(position: string): number | undefined {
  const index = indexOfPosition(position);
  return !isTimelineComplete.value || (index === -1 && !isTimelineWhole.value)
    ? undefined
    : timeline.value.length - 1 - index;
}
