/**
 * An account that takes and gives files of any size without keeping them: a process of its own,
 * so that its memory is not counted. Prints what a process needs to reach it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';

import { startStubServer } from '../../../tools/harness/stubServer';

const CHUNK = randomBytes(64 * 1024);

function* bytes(size: number) {
	for (let left = size; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
}

const account = startStubServer((request, response) => {
	const size = Number(new URL(request.url ?? '', 'https://x').searchParams.get('bytes'));
	if (request.method === 'GET') {
		response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
		pipeline(Readable.from(bytes(size)), response, () => undefined);
		return;
	}
	const hash = createHash('sha256');
	let received = 0;
	request.on('data', (chunk: Buffer) => {
		received += chunk.length;
		hash.update(chunk);
	});
	request.on('end', () => {
		const attachment = {
			id: '7',
			file_size: received,
			announced: request.headers['content-length'],
		};
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify({ attachment: { ...attachment, sha256: hash.digest('hex') } }));
	});
});

void account.then(({ env }) => process.stdout.write(`${JSON.stringify(env)}\n`));
