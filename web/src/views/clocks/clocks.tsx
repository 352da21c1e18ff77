import { useEffect, useState } from 'preact/hooks';
import { useAttempts } from '../../api/attempts';
import { Failure } from '../../api/failure';
import { useEntityId } from '../../blame/entity-id';
import { pathWords } from '../../blame/path-words';
import { entityHref } from '../../changes/entity-href';
import { say } from '../../language/say';
import { Answered, Empty, Failed } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { NOW } from '../../moment/moment';
import { Link } from '../../routing/link';
import { place } from '../../routing/router';
import { isEntityType } from '../../terms/entities';
import { FigureChoice } from './figure-choice';
import { firstPath } from './figures';
import { MapProgress } from './map-progress';
import { MappedFigure } from './mapped-figure';
import { WindowedMap } from './windowed-map';
import { MOST_CHANGES, readChanges } from './read-changes';
import { needsFields, relevant } from './relevant';
import { Axes, axesOf } from './plane';
import { CLOCKS_TEXTS } from './texts';
import '../../charts/chart.css';
import './clocks.css';

/** A figure on both clocks: each rectangle of the map is a value. */
export default function Clocks() {
  const { parts, query } = place.value;
  const [type = '', entity = ''] = parts;
  if (!isEntityType(type)) return <Empty>{say(CLOCKS_TEXTS.none)}</Empty>;
  const path = query.field ?? firstPath(type);
  return <FigureMap key={`${type}/${entity}${path}`} entityType={type} entity={entity} path={path} />;
}

function FigureMap(figure: MappedFigure) {
  const { entityType, entity, path } = figure;
  const asked = useEntityId(entityType, entity, NOW);
  const title = `${pathWords(path)} · ${entity}`;
  useSubject(title);
  return (
    <>
      <div class="view-head">
        <h1>{title}</h1>
        <FigureChoice {...figure} />
      </div>
      <p class="quiet">{say(CLOCKS_TEXTS.about)}</p>
      <Answered asked={asked}>
        {({ id, revision }) => {
          if (id === null) return <Empty>{say(CLOCKS_TEXTS.none)}</Empty>;
          if (revision > MOST_CHANGES) return <TooMany figure={figure} changes={revision} />;
          return <ChangesOfFigure id={id} revision={revision} figure={figure} />;
        }}
      </Answered>
    </>
  );
}

const TooMany = ({ figure, changes }: { readonly figure: MappedFigure; readonly changes: number }) => (
  <Empty>
    {say(CLOCKS_TEXTS.tooMany(changes, MOST_CHANGES))}{' '}
    <Link href={entityHref(figure.entityType, figure.entity)}>{say(CLOCKS_TEXTS.history)}</Link>
  </Empty>
);

interface ChangesProps {
  readonly id: string;
  readonly revision: number;
  readonly figure: MappedFigure;
}

function ChangesOfFigure({ id, revision, figure }: ChangesProps) {
  const { entityType, entity, path } = figure;
  const [read, setRead] = useState<{ readonly axes: Axes } | { readonly failure: Failure }>();
  const [part, setPart] = useState(0);
  const attempts = useAttempts(read !== undefined && 'failure' in read);
  useEffect(() => {
    const controller = new AbortController();
    setPart(0);
    const mapped = { id, revision, withFields: needsFields(entityType) };
    void readChanges(mapped, setPart, controller.signal).then((found) => {
      if (controller.signal.aborted) return;
      setRead('failure' in found ? found : { axes: axesOf(relevant(found.changes, entityType, path)) });
    });
    return () => {
      controller.abort();
    };
    // An id carries its moment, so it changes with each answer. The changes are those of one entity.
  }, [entity, attempts]);
  if (read === undefined) return <MapProgress text={say(CLOCKS_TEXTS.reading(revision))} part={part} />;
  if ('failure' in read) return <Failed failure={read.failure} />;
  return read.axes.known.length === 0 ? (
    <Empty>{say(CLOCKS_TEXTS.none)}</Empty>
  ) : (
    <WindowedMap figure={figure} axes={read.axes} />
  );
}
