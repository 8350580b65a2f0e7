import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { onPath } from './executables.ts';

const VERSION = 25;

/** Where JDKs are usually installed, a folder for each. */
const SHELVES = [
  '/usr/lib/jvm',
  '/opt',
  join(homedir(), '.sdkman/candidates/java'),
  join(homedir(), '.jdks'),
  '/Library/Java/JavaVirtualMachines',
];

/**
 * The `java` of a JDK 25. Maven finds one by itself, and may run on an older one; so it is looked for here as well.
 *
 * @throws Error if there is none
 */
export function findJava(): string {
  const onThePath = onPath('java');
  const homes = [
    process.env.JAVA25_HOME,
    process.env.JAVA_HOME,
    onThePath === null ? undefined : dirname(dirname(realpathSync(onThePath))),
    ...SHELVES.flatMap((shelf) =>
      existsSync(shelf) ? readdirSync(shelf).flatMap((name) => [join(shelf, name), join(shelf, name, 'Contents/Home')]) : [],
    ),
  ];
  const home = homes.find((each) => each !== undefined && versionOf(each) === VERSION);
  if (home === undefined) {
    throw new Error(`There is no JDK ${VERSION}: install one, or name its folder in JAVA25_HOME.`);
  }
  return join(home, 'bin', 'java');
}

/** The feature version that a JDK tells in its `release` file; null for what is no JDK. */
function versionOf(home: string): number | null {
  const release = join(home, 'release');
  const version = existsSync(release) ? /^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8')) : null;
  return version === null ? null : Number(version[1]);
}
