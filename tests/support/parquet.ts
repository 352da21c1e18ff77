import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { temporaryFolder } from './temporary-folder';

/** The rows of a Parquet file, read by DuckDB. */
export async function rowsOfParquet(bytes: Uint8Array): Promise<readonly object[]> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'file.parquet');
  writeFileSync(path, bytes);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(`select * from '${path}'`)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
    folder.remove();
  }
}
