/** Work that takes long: it says how far it is, and can be broken off. */
import { call, listen } from '../wallet';
import type { JobProgress } from '../wallet/wire/job';

let last = 0;

export interface Running<T> {
  /** What it gives in the end; null where it was broken off. */
  answer: Promise<T>;
  cancel: () => void;
}

/** Runs `work` under a number of its own; `heard` is told how far it is. */
export function run<T>(work: (job: number) => Promise<T>, heard: (progress: JobProgress) => void): Running<T> {
  const job = ++last;
  const ear = listen<JobProgress>('progress', (progress) => progress.job === job && heard(progress));
  const answer = ear.then(async (deafen) => {
    try {
      return await work(job);
    } finally {
      deafen();
    }
  });
  return { answer, cancel: () => void call('job_cancel', { job }) };
}
