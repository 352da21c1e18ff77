import { strFromU8, strToU8 } from 'fflate';
import { stableZip, unzipped } from '../stable-zip';

const PROPERTIES = 'docProps/core.xml';

/** The same document with this date in its properties, which have the time of its making: the same contents give the same bytes. */
export function dated(document: Uint8Array, date: string): Uint8Array {
  const { [PROPERTIES]: properties, ...parts } = unzipped(document);
  if (properties === undefined) throw new Error('The document has no properties');
  const seconds = date.replace(/\.\d+Z$/, 'Z');
  const text = strFromU8(properties).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${seconds}`);
  return stableZip({ ...parts, [PROPERTIES]: strToU8(text) });
}
