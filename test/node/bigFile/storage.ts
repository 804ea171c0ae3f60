/**
 * An account that takes and gives files of any size without keeping them: a process of its own,
 * so that its memory is not counted. Prints where its proxy is and which authority it has.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';

import { pki } from 'node-forge';

const CHUNK = randomBytes(64 * 1024);

function certificate() {
	const keys = pki.rsa.generateKeyPair(2048);
	const made = pki.createCertificate();
	made.publicKey = keys.publicKey;
	made.serialNumber = '01';
	made.validity.notBefore = new Date(Date.now() - 86_400_000);
	made.validity.notAfter = new Date(Date.now() + 86_400_000);
	const name = [{ name: 'commonName', value: '*.aha.io' }];
	made.setSubject(name);
	made.setIssuer(name);
	made.setExtensions([
		{ name: 'basicConstraints', cA: true },
		{ name: 'subjectAltName', altNames: [{ type: 2, value: '*.aha.io' }] },
	]);
	made.sign(keys.privateKey);
	return { key: pki.privateKeyToPem(keys.privateKey), cert: pki.certificateToPem(made) };
}

function* bytes(size: number) {
	for (let left = size; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
}

const { key, cert } = certificate();

const account = createServer({ key, cert }, (request, response) => {
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

const proxy = createProxy().on('connect', (_request, socket: Socket) => {
	socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
	account.emit('connection', socket);
});

proxy.listen(0, '127.0.0.1', () => {
	const authority = join(mkdtempSync(join(tmpdir(), 'aha-storage-')), 'authority.pem');
	writeFileSync(authority, cert);
	const { port } = proxy.address() as AddressInfo;
	process.stdout.write(`${JSON.stringify({ proxy: `http://127.0.0.1:${port}`, authority })}\n`);
});
