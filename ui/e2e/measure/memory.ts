/** What a program takes of the memory, with the processes of its web view. A page that several hold counts for each
 *  by its part: proportional set size, as the kernel counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** MiB of the process whose command line names `mark`, and of all that came from it. */
export function memoryOf(binary: string, mark: string): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((id) => ({ id, ...told(id) }));
  const root = all.find(({ command }) => command[0] === binary && command.includes(mark));
  if (!root) throw new Error(`${binary} does not run`);
  const family = new Set([root.id]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { id, parent } of all) if (family.has(parent)) family.add(id);
  }
  if (family.size < 2) throw new Error(`${binary} has no web view`);
  return [...family].reduce((sum, id) => sum + kib(id), 0) / 1024;
}

function told(id: string): { parent: string; command: string[] } {
  try {
    const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? '';
    return { parent, command: readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0') };
  } catch {
    return { parent: '', command: [] }; // It ended meanwhile.
  }
}

function kib(id: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]);
}
