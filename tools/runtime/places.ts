import { join, resolve } from 'node:path';

/** The repository. */
export const ROOT = resolve(__dirname, '../..');

/** Everything that is installed and kept between runs; ignored by Git. */
export const RUNTIME = join(ROOT, '.runtime');

/** The package with the pinned versions of n8n and Node.js. */
export const RUNTIME_MANIFEST = join(__dirname, 'n8n');

/** An installed n8n, with the Node.js that it runs on. */
export interface Installation {
	/** The executables of the installed packages, which come first on n8n's PATH. */
	readonly bin: string;
	/** Node 24, which newer versions of n8n require. */
	readonly node: string;
	/** The command-line script of n8n. */
	readonly n8n: string;
}

/** What npm installs in a folder for the packages `n8n` and `node`. */
export const installationIn = (folder: string): Installation => ({
	bin: join(folder, 'node_modules', '.bin'),
	node: join(folder, 'node_modules', 'node', 'bin', 'node'),
	n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
});

/** The pinned n8n. */
export const PINNED = installationIn(RUNTIME);

/** Node 24, which n8n requires. */
export const NODE_BINARY = PINNED.node;
