import { join } from 'node:path';

import { communityPackageFolder } from '../runtime/n8nProcess';
import { ROOT } from '../runtime/places';

/** The output of the benchmark; ignored by Git. */
export const OUTPUT = join(ROOT, 'test/output');

/** A user folder for n8n with the package installed as it is published. */
export const FOLDER = join(OUTPUT, 'bench');

/** The package to measure: a copy, so that builds can run meanwhile. */
export const PACKAGE = communityPackageFolder(FOLDER, 'n8n-nodes-aha');

/** CPU profiles, which Chrome's developer tools can open. */
export const PROFILES = join(OUTPUT, 'profiles');

export const RESULTS = join(OUTPUT, 'bench.json');

export const CHART = join(ROOT, 'docs/images/bench.svg');
