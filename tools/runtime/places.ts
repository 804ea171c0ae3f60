import { join, resolve } from 'node:path';

/** The repository. */
export const ROOT = resolve(__dirname, '../..');

/** What is installed and kept between runs; git-ignored. */
export const RUNTIME = join(ROOT, '.runtime');

/** The versions that the runtime is made of, locked with all they need. */
export const RUNTIME_MANIFEST = join(__dirname, 'n8n');

/** The folder of Node's own executables, put first on the PATH of n8n. */
export const RUNTIME_BIN = join(RUNTIME, 'node_modules', '.bin');

/** Node 24, which n8n asks for. */
export const NODE_BINARY = join(RUNTIME, 'node_modules', 'node', 'bin', 'node');

/** n8n's command line. */
export const N8N_SCRIPT = join(RUNTIME, 'node_modules', 'n8n', 'bin', 'n8n');
