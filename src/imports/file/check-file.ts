import { checkXls } from './check-xls';
import { checkXlsx } from './check-xlsx';
import { FileKind, kindOf } from './file-kind';

/** What kind of file it is. Throws `RefusedFile` if nothing should parse it. */
export async function checkFile(file: Buffer): Promise<FileKind> {
  const kind = kindOf(file);
  if (kind === 'xlsx') await checkXlsx(file);
  if (kind === 'xls') checkXls(file);
  return kind;
}
