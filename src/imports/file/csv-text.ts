import { isUtf8 } from 'node:buffer';
import { RefusedFile } from './refused-file';

/** The text of a .csv file: UTF-8, else GB 18030, which Chinese spreadsheets write. Throws `RefusedFile`. */
export function csvText(file: Buffer): string {
  if (isUtf8(file)) return file.toString('utf8').replace(/^\ufeff/, '');
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(file);
  } catch {
    throw new RefusedFile('.csv 文件既不是 UTF-8，也不是 GB 18030 编码');
  }
}
