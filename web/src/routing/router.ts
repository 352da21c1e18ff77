import { batch, computed, signal } from '@preact/signals';
import { isDragging } from '../moment/dragging';
import { Moment } from '../moment/moment';
import { Place, readAddress, writeAddress } from './place';

const address = signal(readAddress(new URL(location.href)));
/** A moment that is shown before it is in the address of the browser. */
const preview = signal<Moment | undefined>(undefined);
addEventListener('popstate', () => {
  show(new URL(location.href));
});

function show(url: URL): void {
  batch(() => {
    preview.value = undefined;
    address.value = readAddress(url);
  });
}

/** What is shown. */
export const place = computed(() => address.value.place);
/** The moment that is shown. Every view asks its questions as of it. */
export const moment = computed(() => preview.value ?? address.value.moment);

/** Goes to an address of the page. With `replace`, the browser's button Back does not return to this one. */
export function goTo(href: string, { replace = false } = {}): void {
  const to = new URL(href, location.href);
  const isElsewhere = to.pathname !== location.pathname;
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  show(to);
  // Another place begins at its top, as another page would.
  if (isElsewhere) scrollTo(0, 0);
}

/** The moment that links lead to. Nobody follows one while the slider is dragged, and to write all of them anew takes long. */
const linkedMoment = computed(() => (isDragging.value ? address.value.moment : moment.value));

/** The address of a view at the moment that is shown now. */
export const hrefOf = (view: string, parts: readonly string[] = [], query: Place['query'] = {}): string =>
  writeAddress({ place: { view, parts, query }, moment: linkedMoment.value });

/** Shows the same place at another moment. */
export function showMoment(next: Moment, options?: { readonly replace?: boolean }): void {
  goTo(writeAddress({ place: place.value, moment: next }), options);
}

/** Shows a moment for now: browsers refuse to change the address for each step of a slider. */
export function previewMoment(next: Moment): void {
  preview.value = next;
}

/** Puts the moment that is shown into the address. */
export function commitMoment(): void {
  if (preview.value !== undefined) showMoment(preview.value, { replace: true });
}

/** Changes what the view has in the query; undefined takes a name away. */
export function setQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const query = Object.fromEntries(
    Object.entries({ ...place.value.query, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  goTo(writeAddress({ place: { ...place.value, query }, moment: moment.value }), { replace: true });
}
