import { Moment, readMoment, writeMoment } from '../moment/moment';

/** What is shown: a view, and what of it. */
export interface Place {
  /** The name of the view: the first part of the path. */
  readonly view: string;
  /** The other parts of the path, such as a department and a year. */
  readonly parts: readonly string[];
  /** What the view itself puts into the query, such as a filter. */
  readonly query: Readonly<Record<string, string>>;
}

/** A view at a moment: all that a link says. */
export interface Address {
  readonly place: Place;
  readonly moment: Moment;
}

const BASE = '/app/';
const MOMENT_NAMES = new Set(['position', 'known', 'effective']);

export function readAddress(url: URL): Address {
  const [view = '', ...parts] = url.pathname
    .slice(BASE.length)
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const query = Object.fromEntries([...url.searchParams].filter(([name]) => !MOMENT_NAMES.has(name)));
  return { place: { view, parts, query }, moment: readMoment(url.searchParams) };
}

export function writeAddress({ place, moment }: Address): string {
  const query = new URLSearchParams(place.query);
  writeMoment(query, moment);
  const text = query.toString();
  const path = [place.view, ...place.parts].map(encodeURIComponent).join('/');
  return `${BASE}${path}${text === '' ? '' : `?${text}`}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
