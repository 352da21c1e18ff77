import { useState } from 'preact/hooks';
import { useQuestion } from '../../api/questions';
import { DifferenceDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { isNow } from '../../moment/moment';
import { More } from '../../paging/pages';
import { moment, place } from '../../routing/router';
import { readYear } from '../../routing/year';
import { DepartmentChoice } from './department-choice';
import { Difference } from './entity-difference';
import { firstMoment } from './first-moment';
import { MomentChoice } from './moment-choice';
import { DIFFERENCE_TEXTS } from './texts';
import '../../changes/change-filter.css';
import './difference.css';

/** Two moments side by side: what differs, and the changes behind it. */
export default function DifferenceOfMoments() {
  const { parts, query } = place.value;
  const [department, year] = parts;
  const [from, to] = [firstMoment(query), moment.value];
  return (
    <>
      <h1>{say(DIFFERENCE_TEXTS.title)}</h1>
      <p class="quiet">{say(DIFFERENCE_TEXTS.about)}</p>
      <DepartmentChoice department={department} year={year} />
      <MomentChoice from={from} />
      {isNow(from) ? (
        <Empty>{say(DIFFERENCE_TEXTS.choose)}</Empty>
      ) : (
        <Differences key={JSON.stringify([from, to, parts])} department={department} year={year} />
      )}
    </>
  );
}

function Differences({
  department,
  year,
}: {
  readonly department: string | undefined;
  readonly year: string | undefined;
}) {
  const [from, to] = [firstMoment(place.value.query), moment.value];
  const [after, show] = useState<string>();
  const asked = useQuestion(DifferenceDocument, { from, to, filter: filterOf(department, year), after });
  return (
    <Answered asked={asked}>
      {({ diff }) => (
        <>
          {diff?.nodes.length === 0 && <Empty>{say(DIFFERENCE_TEXTS.same)}</Empty>}
          {diff?.nodes.map((difference) => (
            <Difference
              key={`${difference.entityType} ${difference.entity}`}
              difference={difference}
              from={from}
              to={to}
            />
          ))}
          <More pages={{ after, show }} page={diff?.pageInfo} />
        </>
      )}
    </Answered>
  );
}

function filterOf(department: string | undefined, year: string | undefined) {
  if (department === undefined) return null;
  const fiscalYear = readYear(year);
  return { departments: [department], ...(fiscalYear !== undefined && { fiscalYears: [fiscalYear] }) };
}
