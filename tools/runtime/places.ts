import { join, resolve } from 'node:path';

/** The repository. */
export const ROOT = resolve(__dirname, '../..');

/** Everything that is installed and kept between runs; ignored by Git. */
export const RUNTIME = join(ROOT, '.runtime');

/** The package with the pinned versions of n8n and Node.js. */
export const RUNTIME_MANIFEST = join(__dirname, 'n8n');

/** The executables of the installed packages, which come first on n8n's PATH. */
export const RUNTIME_BIN = join(RUNTIME, 'node_modules', '.bin');

/** Node 24, which n8n requires. */
export const NODE_BINARY = join(RUNTIME, 'node_modules', 'node', 'bin', 'node');

/** The command-line script of n8n. */
export const N8N_SCRIPT = join(RUNTIME, 'node_modules', 'n8n', 'bin', 'n8n');
