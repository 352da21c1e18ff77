import { cloudEvents } from './cloud-events';
import { csv } from './csv';
import { ExportFormat } from './format';
import { ndjson } from './ndjson';

/** The formats of exports. A client that prefers several formats equally gets the first. A new format is one file and one entry. */
export const FORMATS: readonly ExportFormat[] = [ndjson, csv, cloudEvents];

/** A path that names its format answers in it, if the client accepts none of the path's formats. */
export const PATHS: readonly string[] = [...new Set(FORMATS.flatMap(({ paths }) => paths))];
