/**
 * Sends and fetches a small file and then a big one with the node in n8n-core, and prints by how
 * much the big one raised this process's memory. A process of its own, so that nothing else counts.
 *
 * Arguments: bytes of the big file, a folder for n8n's files.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService, ExecuteContext } from 'n8n-core';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';

import { AhaApiKey } from '../../../credentials/AhaApiKey.credentials';
import { Aha } from '../../../nodes/Aha/Aha.node.js';

const [size, folder] = [Number(process.argv[2]), process.argv[3]];
const CREDENTIAL = { accountDomain: 'mycompany', apiKey: 'sandbox-key-big' };
const MEGABYTE = 1024 * 1024;

const credentialsHelper = {
	getDecrypted: async () => CREDENTIAL,
	isCredentialUsableByNode: () => true,
	getParentTypes: () => [],
	preAuthentication: async () => undefined,
	authenticate: async (_data: unknown, _type: string, options: never) =>
		await new AhaApiKey().authenticate(CREDENTIAL, options),
};

function context(parameters: IDataObject, item: INodeExecutionData): IExecuteFunctions {
	const node = {
		id: '1',
		name: 'Aha!',
		type: 'aha',
		typeVersion: 1,
		position: [0, 0],
		parameters: { authentication: 'apiKey', resource: 'attachment', ...parameters },
		credentials: { ahaApiKey: { id: '1', name: 'Aha!' } },
	} as INode;
	const type = new Aha() as INodeType;
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const additionalData = {
		credentialsHelper,
		executionId: '1',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;
	const input = { main: [[item]] };
	const executeData = { node, data: input, source: null };
	return new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createRunExecutionData({}),
		0,
		[item],
		input,
		executeData,
		[],
	) as unknown as IExecuteFunctions;
}

async function run(parameters: IDataObject, item: INodeExecutionData = { json: {} }) {
	const [items] = await new Aha().execute.call(context(parameters, item));
	return items[0];
}

/** A file of n8n's own store. */
async function stored(bytes: number): Promise<INodeExecutionData> {
	const chunk = randomBytes(MEGABYTE);
	const path = join(folder, `source-${bytes}`);
	await pipeline(
		Readable.from(
			(function* () {
				for (let left = bytes; left > 0; left -= MEGABYTE) yield chunk.subarray(0, left);
			})(),
		),
		createWriteStream(path),
	);
	const { helpers } = context({}, { json: {} });
	const data = await helpers.prepareBinaryData(
		createReadStream(path),
		'big.bin',
		'application/zip',
	);
	return { json: {}, binary: { data } };
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

async function transfer(bytes: number) {
	const item = await stored(bytes);
	const upload = { operation: 'upload', belongsTo: 'description', note_id: '1' };
	const link = `https://mycompany.aha.io/attachments/7/token/x.download?bytes=${bytes}`;
	let sent: INodeExecutionData | undefined;
	let fetched: INodeExecutionData | undefined;
	const uploading = await growth(async () => (sent = await run(upload, item)));
	const downloading = await growth(
		async () => (fetched = await run({ operation: 'download', downloadUrl: link })),
	);
	return { uploading, downloading, sent: sent?.json, fetched: fetched?.binary?.data.bytes };
}

async function main() {
	const config = { mode: 'filesystem', availableModes: ['filesystem'], localStoragePath: folder };
	Container.set(BinaryDataConfig, config as BinaryDataConfig);
	await Container.get(BinaryDataService).init();
	// What is loaded at first use is no part of the file.
	await transfer(10 * MEGABYTE);
	process.stdout.write(`${JSON.stringify(await transfer(size))}\n`);
}

void main();
