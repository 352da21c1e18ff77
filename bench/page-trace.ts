/** An event of Chromium's trace. Times are in microseconds; `tdur` is CPU time of the thread. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What has to be traced for the figures below. More of it would make the page slower. */
export const TRACED = { categories: ['toplevel', 'blink.user_timing'] };
const TASK = 'ThreadControllerImpl::RunTask';
const FRAME_US = 1_000_000 / 60;
const US_PER_MS = 1_000;

/** The CPU time of the main thread in each sixtieth of a second in which it worked, in milliseconds. */
export function frameWork(trace: Buffer): readonly number[] {
  const frames = new Map<number, number>();
  for (const { ts, dur = 0, tdur = dur } of mainThreadTasks(trace)) {
    const frame = Math.floor(ts / FRAME_US);
    frames.set(frame, (frames.get(frame) ?? 0) + tdur / US_PER_MS);
  }
  return [...frames.values()];
}

/** The CPU time of the main thread from each mark of the page to the next one, in milliseconds. */
export function stepWork(trace: Buffer, mark: string): readonly number[] {
  const marks = eventsOf(trace)
    .filter(({ name, ph }) => name === mark && ph !== 'E')
    .map(({ ts }) => ts);
  const tasks = mainThreadTasks(trace);
  return marks
    .slice(1)
    .map((end, index) =>
      tasks
        .filter(({ ts }) => ts >= (marks[index] as number) && ts < end)
        .reduce((sum, { dur = 0, tdur = dur }) => sum + tdur / US_PER_MS, 0),
    );
}

/** In milliseconds of CPU time. */
export const longestTask = (trace: Buffer): number =>
  mainThreadTasks(trace).reduce((most, { dur = 0, tdur = dur }) => Math.max(most, tdur / US_PER_MS), 0);

/** The tasks of the main thread that worked most: that of the page. */
function mainThreadTasks(trace: Buffer): readonly TraceEvent[] {
  const traceEvents = eventsOf(trace);
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = threads.map(({ pid, tid }) =>
    traceEvents.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === TASK),
  );
  return tasks.sort((left, right) => right.length - left.length)[0] ?? [];
}

const eventsOf = (trace: Buffer): readonly TraceEvent[] =>
  (JSON.parse(trace.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents;
