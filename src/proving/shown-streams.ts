import { StreamNames } from '../event-store/streams';
import { EntityHead } from '../evidence/heads/head';
import { Question } from '../evidence/files/question';
import { departmentNamed, isOfAnotherYear } from './department';
import { SignedSize } from './signed-log';

export interface NamedHead extends EntityHead {
  readonly stream: string;
}

/** The entities of the department whose histories the file has, the department first, and those of which it has only the heads. */
export function shownStreams(
  { department, subject }: Question,
  signed: SignedSize,
  streams: StreamNames,
): { readonly shown: readonly NamedHead[]; readonly left: readonly NamedHead[] } {
  const first = streams.streamOf(departmentNamed(department));
  const heads = [...signed.headsOf(department)].map(([stream, head]) => ({ stream, ...head })).sort(byStream(first));
  if ('entity' in subject) {
    const own = streams.streamOf(subject.entity);
    return { shown: heads.filter(({ stream }) => stream === first || stream === own), left: [] };
  }
  const isLeft = ({ stream }: NamedHead) =>
    isOfAnotherYear(streams.entityOf(stream).code, department, subject.fiscalYear);
  return { shown: heads.filter((head) => !isLeft(head)), left: heads.filter(isLeft) };
}

const byStream =
  (first: string) =>
  (left: NamedHead, right: NamedHead): number =>
    left.stream === first ? -1 : right.stream === first ? 1 : left.stream < right.stream ? -1 : 1;
