import { preferred } from '../http/accept';
import { HttpRefusal } from '../http/refusal';
import { FORMATS } from './formats';
import { ExportFormat } from './formats/format';

/** A path of this name leaves the format to the client. */
const ANY_FORMAT = '/changes';

/** The format of the path that the client prefers. Throws `HttpRefusal` if it accepts none, and the path does not name one. */
export function chosenFormat(path: string, accept: string | undefined): ExportFormat {
  const formats = FORMATS.filter(({ paths }) => paths.includes(path));
  const mediaTypes = formats.map(({ mediaType }) => mediaType);
  const mediaType = preferred(accept, mediaTypes);
  const chosen =
    formats.find((format) => format.mediaType === mediaType) ?? (path === ANY_FORMAT ? undefined : formats[0]);
  if (chosen !== undefined) return chosen;
  throw new HttpRefusal('NOT_ACCEPTABLE', `The feed comes as ${mediaTypes.join(', ')}`);
}
