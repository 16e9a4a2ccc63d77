/** Names in package-lock.json the builds for other platforms that a registry mirror did not offer when the
 *  lock was written: without them `npm ci` says that the lock is out of step, although nothing here would
 *  install them. They carry no digest, because nobody here has seen the files: `npm install` on a machine
 *  of that platform adds it. `node platforms.mjs` after any change of the dependencies. */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    lock.packages[`node_modules/${name}`] ??= { version, ...platform(name), ...(dev && { dev }), optional: true };
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

function platform(name) {
  const words = name.split('/').pop().split('-');
  const os = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
  const cpu = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];
  const known = (list) => list.filter((one) => words.includes(one));
  return { ...(known(cpu).length && { cpu: known(cpu) }), ...(known(os).length && { os: known(os) }) };
}
