/**
 * Sends and fetches a small file and then a big one with the node in n8n-core, and prints by how
 * much the big one raised this process's memory. A process of its own, so that nothing else counts.
 *
 * Arguments: bytes of the big file, a folder for n8n's files.
 */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

import type { INodeExecutionData } from 'n8n-workflow';

import { harness } from '../../../tools/harness';
import type { NetworkEnv } from '../../../tools/harness/network';

const [size, binaryFolder] = [Number(process.argv[2]), process.argv[3]];
const MEGABYTE = 1024 * 1024;

/** Random content, a megabyte at a time. */
function content(bytes: number): Readable {
	const chunk = randomBytes(MEGABYTE);
	return Readable.from(
		(function* () {
			for (let left = bytes; left > 0; left -= MEGABYTE) yield chunk.subarray(0, left);
		})(),
	);
}

/** Highest growth of the resident memory while something runs, in bytes. */
async function growth(work: () => Promise<unknown>): Promise<number> {
	const before = process.memoryUsage.rss();
	let highest = before;
	const timer = setInterval(() => {
		highest = Math.max(highest, process.memoryUsage.rss());
	}, 5);
	await work();
	clearInterval(timer);
	return Math.max(highest, process.memoryUsage.rss()) - before;
}

async function main() {
	const credentials = { ahaApiKey: { accountDomain: 'mycompany', apiKey: 'sandbox-key-big' } };
	const env = process.env as unknown as NetworkEnv;
	const n8n = await harness({ env, credentials, binaryFolder });
	const transfer = async (bytes: number) => {
		const item = await n8n.file(content(bytes), 'big.bin', 'application/zip');
		const resource = 'attachment';
		const upload = { resource, operation: 'upload', belongsTo: 'description', note_id: '1' };
		const downloadUrl = `https://mycompany.aha.io/attachments/7/token/x.download?bytes=${bytes}`;
		let sent: INodeExecutionData[] = [];
		let fetched: INodeExecutionData[] = [];
		const uploading = await growth(async () => (sent = await n8n.run(upload, [item])));
		const download = { resource, operation: 'download', downloadUrl };
		const downloading = await growth(async () => (fetched = await n8n.run(download)));
		const { bytes: received } = fetched[0].binary?.data ?? {};
		return { uploading, downloading, sent: sent[0].json, fetched: received };
	};
	// What is loaded at first use is no part of the file.
	await transfer(10 * MEGABYTE);
	process.stdout.write(`${JSON.stringify(await transfer(size))}\n`);
	n8n.stop();
}

void main();
