import { CheckContext } from '../../input/field';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { TemplateLine } from './events';

/** Refuses lines that form no tree of headings with the scored lines at its ends. */
export function refuseBrokenTree(lines: readonly TemplateLine[], { refuse }: CheckContext): void {
  const byCode = new Map<string, TemplateLine>();
  for (const [index, line] of lines.entries()) {
    if (byCode.has(line.code)) refuse(`/lines/${index}/code`, 'must not be repeated');
    else byCode.set(line.code, line);
  }
  for (const [index, { parent }] of lines.entries()) {
    if (parent === undefined) continue;
    const above = byCode.get(parent);
    if (above === undefined) refuse(`/lines/${index}/parent`, 'must be the code of a line');
    else if (above.rule !== undefined) refuse(`/lines/${index}/parent`, 'must be a heading: it has a rule');
    else if (isTooDeep(lines[index], byCode)) {
      refuse(`/lines/${index}/parent`, `must lead to the top in less than ${INPUT_BOUNDS.maxTemplateDepth} steps`);
    }
  }
}

/** Also true for a line that is above itself. */
function isTooDeep(line: TemplateLine | undefined, byCode: ReadonlyMap<string, TemplateLine>): boolean {
  let above = line;
  for (let level = 0; level < INPUT_BOUNDS.maxTemplateDepth; level++) {
    if (above?.parent === undefined) return false;
    above = byCode.get(above.parent);
  }
  return true;
}
