import { createListener, type Service } from './service';

export interface NextCloud extends Service {
	/** Contents by path. */
	readonly files: Map<string, Buffer>;
}

const HOST = 'cloud.example.com';

/** https://docs.nextcloud.com/server/latest/developer_manual/client_apis/WebDAV/ */
export function createNextCloud(): NextCloud {
	const files = new Map<string, Buffer>();
	const listener = createListener((app) => {
		app.removeAllContentTypeParsers();
		app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
			done(null, body),
		);
		app.get('/ocs/v1.php/cloud/capabilities', () => ({}));
		app.put<{ Params: { '*': string }; Body: Buffer }>(
			'/remote.php/webdav/*',
			async ({ params, body }, reply) => {
				files.set(params['*'], body);
				await reply.code(201).send('');
			},
		);
	});
	return {
		host: HOST,
		listener,
		files,
		credential: {
			name: 'Nextcloud (simulated)',
			type: 'nextCloudApi',
			data: {
				webDavUrl: `https://${HOST}/remote.php/webdav`,
				user: 'sandbox',
				password: 'sandbox-password',
			},
		},
	};
}
