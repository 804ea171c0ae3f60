import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';

import { ROOT } from '../../../tools/runtime/places';

/** npm's registry as n8n sees it: it has only this package, of this version. */
export interface Registry {
	readonly host: string;
	readonly listener: RequestListener;
	/** The paths that were requested. */
	readonly requested: string[];
}

const HOST = 'registry.npmjs.org';

const { name, version, ...manifest } = JSON.parse(
	readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as { name: string; version: string };

/** What the registry says about the version. */
function versionOf(tarball: Buffer) {
	const digest = (algorithm: string, encoding: 'base64' | 'hex') =>
		createHash(algorithm).update(tarball).digest(encoding);
	const dist = {
		tarball: `https://${HOST}/${name}/-/${name}-${version}.tgz`,
		integrity: `sha512-${digest('sha512', 'base64')}`,
		shasum: digest('sha1', 'hex'),
	};
	return { ...manifest, name, version, dist };
}

/**
 * Simulates the registry, as a service of the sandbox.
 *
 * @param tarball path of the packed package
 */
export function createRegistry(tarball: string): Registry {
	const content = readFileSync(tarball);
	const published = versionOf(content);
	const pages = new Map<string, unknown>([
		[`/${name}`, { name, 'dist-tags': { latest: version }, versions: { [version]: published } }],
		[`/${name}/latest`, published],
		[`/${name}/${version}`, published],
		[`/${name}/-/${name}-${version}.tgz`, content],
	]);
	const requested: string[] = [];
	return {
		host: HOST,
		listener: ({ url = '' }, response) => {
			requested.push(url);
			const page = pages.get(url);
			response.statusCode = page === undefined ? 404 : 200;
			response.end(Buffer.isBuffer(page) ? page : JSON.stringify(page ?? { error: 'Not found' }));
		},
		requested,
	};
}
