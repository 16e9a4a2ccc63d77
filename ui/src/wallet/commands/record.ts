import type { Command } from '../commands';
import type {
  AuditAnswer,
  EntryPage,
  ProofAnswer,
  RecordOverview,
  SavedFile,
  UseRow,
  UseView,
} from '../wire/record';

export interface RecordCommands {
  record_overview: Command<Record<string, never>, RecordOverview>;
  record_rows: Command<{ ids: string[] }, UseRow[]>;
  record_use: Command<{ id: string }, UseView>;
  record_entries: Command<{ before: number | null }, EntryPage>;
  record_check: Command<{ job: number }, AuditAnswer | null>;
  record_prove: Command<{ id: string; title: string; withCredential: boolean }, SavedFile | null>;
  record_check_proof: Command<{ title: string }, ProofAnswer | null>;
  job_cancel: Command<{ job: number }, null>;
}
