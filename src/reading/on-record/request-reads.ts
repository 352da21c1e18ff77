import { Principal } from '../../auth/principal';
import { Change } from '../../read-model/change';
import { documentKey } from '../../read-model/temporal-store';
import { ReadMoment } from '../../reads/read';
import { ReadRecorder } from '../../reads/read-recorder';
import { LedgerHomes } from '../departments/homes';
import { NotedRead, ReadNote } from './read-note';

/** What reads are recorded with. */
export interface ReadRecording {
  readonly recorder: Pick<ReadRecorder, 'mode' | 'requireRecording' | 'record'>;
  readonly homes: LedgerHomes;
  /** Whether documents of this kind are entities. */
  readonly isEntity: (kind: string) => boolean;
}

type Reader = Pick<Principal, 'sub' | 'name' | 'readDepartments'>;

/** The reads of one request that are put on record. */
export class RequestReads {
  private notes: ReadNote[] = [];
  private lastRecorded: readonly NotedRead[] = [];

  constructor(
    private readonly recording: ReadRecording,
    private readonly reader: Reader,
  ) {}

  /** Begins a read. Throws `Refused` if it has to be on record, and cannot be. */
  begin(operation: string, { position, effectiveAt }: ReadMoment, count: 0 | 1 = 1): ReadNote {
    const { recorder, homes, isEntity } = this.recording;
    recorder.requireRecording();
    const note = new ReadNote({ operation, moment: { position, effectiveAt }, count, homes, isEntity });
    this.notes.push(note);
    return note;
  }

  /** A proof of a change that is known already. */
  proof(moment: ReadMoment, change: Change): void {
    const { entityType, code } = change.entity;
    this.begin('proof', moment).sawOne(documentKey(entityType, code), { state: undefined, change });
  }

  /** A read of everything that belongs to these departments; undefined: to all that the person may read. */
  departments(operation: string, moment: ReadMoment, departments: readonly string[] | undefined): void {
    const { readDepartments } = this.reader;
    const note = this.begin(operation, moment);
    note.covers(departments?.filter((code) => readDepartments.covers(code)) ?? readDepartments.patterns);
  }

  /** Records what has begun. `fields`: what was asked for. */
  end(fields: () => readonly string[]): void {
    if (this.notes.length === 0) return;
    const notes = this.notes;
    this.notes = [];
    const asked = fields();
    const all = this.reader.readDepartments.patterns;
    this.repeat(notes.flatMap((note) => note.reads(asked, all)));
  }

  /** What was recorded last. */
  get recorded(): readonly NotedRead[] {
    return this.lastRecorded;
  }

  /** Records what was read for an answer that this reader has already. */
  repeat(reads: readonly NotedRead[]): void {
    const { sub, name } = this.reader;
    for (const { count, ...read } of reads) this.recording.recorder.record({ sub, name, ...read }, count);
    this.lastRecorded = reads;
  }
}
