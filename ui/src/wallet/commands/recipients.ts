import type { Command } from '../commands';
import type {
  CaseRow,
  ConsentAct,
  ConsentDone,
  DossierSaved,
  FileKind,
  HearingRow,
  LetterView,
  MutedRow,
  NewCaseForm,
  RecipientRow,
  RecipientView,
} from '../wire/recipients';
import type { SavedFile } from '../wire/record';

export interface RecipientsCommands {
  recipients_list: Command<Record<string, never>, RecipientRow[]>;
  recipients_one: Command<{ id: string }, RecipientView>;
  recipients_muted: Command<Record<string, never>, MutedRow[]>;
  recipients_correct: Command<{ id: string; item: string }, number>;
  recipients_consent_act: Command<{ id: string; act: ConsentAct; text: string; days: number }, ConsentDone>;
  recipients_save_notice: Command<{ id: string; act: ConsentAct; title: string }, SavedFile | null>;
  recipients_open_case: Command<{ form: NewCaseForm }, CaseRow>;
  recipients_step_case: Command<
    { id: string; step: string; text: string; hearing: HearingRow | null },
    CaseRow
  >;
  recipients_letter: Command<{ id: string }, LetterView>;
  recipients_save: Command<{ id: string; kind: FileKind; title: string }, DossierSaved | null>;
}
