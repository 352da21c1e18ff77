import { csv } from './csv';
import { TableFormat } from './format';
import { ndjson } from './ndjson';
import { parquet } from './parquet';

/** The formats of tables. A new format is one file and one entry. */
export const TABLE_FORMATS: readonly TableFormat[] = [csv, ndjson, parquet];
