/** A resident with papers and a hospital that asks, made at the command line: the app plays one of them and
 *  `chop` the other. DEMO authorities; nobody in it exists. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPlace, type Place } from './place';
import { chop, type Side } from './programs';
import type { Language } from './words';

export interface People {
  resident: Place;
  hospital: Side;
  /** Where the authorities' files lie: `summary.sd-jwt`, `transcript.sd-jwt`, `ask.json`, `terms.json`, … */
  demo: string;
  publisher: string;
}

export async function people(name: string, language: Language): Promise<People> {
  const resident = newPlace(name, language);
  const cwd = resident.folder;
  const hospital: Side = { space: join(cwd, 'hospital'), keys: join(cwd, 'hospital-keys'), cwd };
  const holder: Side = { space: resident.space, keys: resident.keys, cwd };
  await chop(holder, 'space', 'create', '--label', 'Resident', '--place', 'HK', '--recovery-out', 'resident.recovery');
  await chop(hospital, 'space', 'create', '--label', 'Ward 7', '--kind', 'firm', '--place', 'CN', '--recovery-out', 'ward.recovery');
  writeFileSync(join(cwd, 'resident.jwk'), await chop(holder, 'key', 'new'));
  writeFileSync(join(cwd, 'hospital.jwk'), await chop(hospital, 'key', 'verifier'));
  const said = await chop(holder, 'tool', 'demo-authority', '--verifier-jwk', 'hospital.jwk', '--holder-jwk', 'resident.jwk', '--into', 'demo');
  const publisher = /trust list publisher: (\S+)/.exec(said)?.[1] ?? '';
  await chop(hospital, 'key', 'certify', 'demo/hospital.pem');
  for (const side of [holder, hospital]) await chop(side, 'trust', 'add', 'demo/demo.chop-trust', '--fingerprint', publisher);
  await chop(holder, 'import', 'demo/summary.sd-jwt', '--title', 'Patient summary');
  await chop(holder, 'import', 'demo/transcript.sd-jwt', '--title', 'Transcript 成績單');
  return { resident, hospital, demo: join(cwd, 'demo'), publisher };
}

/** A place from which the app opens the hospital's space. */
export function placeOf({ space, keys }: Side, language: Language): Place {
  return { folder: newPlace('counter', language).folder, space, keys };
}

/** The pictures in a folder, in their order. */
export function pictures(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.png')).sort().map((file) => join(folder, file));
}
