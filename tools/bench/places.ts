import { join } from 'node:path';

import { communityPackageFolder } from '../runtime/n8nProcess';
import { ROOT } from '../runtime/places';

/** What the benchmark writes; git-ignored. */
export const OUTPUT = join(ROOT, 'test/output');

/** A user folder of n8n's with the package as it is published. */
export const FOLDER = join(OUTPUT, 'bench');

/** The package that is measured: a copy, as a build would take it away. */
export const PACKAGE = communityPackageFolder(FOLDER, 'n8n-nodes-aha');

/** Opened with Chrome's developer tools. */
export const PROFILES = join(OUTPUT, 'profiles');

export const RESULTS = join(OUTPUT, 'bench.json');

export const CHART = join(ROOT, 'docs/images/bench.svg');
