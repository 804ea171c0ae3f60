import 'reflect-metadata';

import { join } from 'node:path';

import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';

import { RUNTIME } from '../runtime/places';
import { PACKAGE } from './places';
import { serve } from './remoteProcess';

process.env.N8N_LOG_LEVEL = 'silent';

export const handlers = {
	/** Loads the package as n8n does when it starts, after its own nodes. */
	load: async (metadata: 'lazy' | 'eager') => {
		const Loader = metadata === 'lazy' ? LazyPackageDirectoryLoader : PackageDirectoryLoader;
		const own = new LazyPackageDirectoryLoader(join(RUNTIME, 'node_modules/n8n-nodes-base'));
		await own.loadAll();
		const begun = performance.now();
		const loader = new Loader(PACKAGE);
		await loader.loadAll();
		const milliseconds = performance.now() - begun;
		const description = loader.types.nodes.find(({ name }) => name === 'aha');
		return {
			milliseconds,
			isLazy: loader.isLazyLoaded,
			bytes: Buffer.byteLength(JSON.stringify(description)),
		};
	},
};

serve(handlers);
