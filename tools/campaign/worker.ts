import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';

import type { Harness } from '../harness';
import { harness } from '../harness';
import type { StoredCredentials } from '../harness/credentials';
import type { NetworkEnv } from '../harness/network';
import type { Batch, BatchResult, ItemResult } from './batch';
import { inputOf, parametersOf } from './batch';
import { SecretFinder, textsIn } from './secrets';

/** An account with the credentials that n8n has for it. */
export interface Lane {
	readonly domain: string;
	readonly credentials: Required<StoredCredentials>;
}

interface Setup {
	readonly env: NetworkEnv;
	readonly lanes: readonly Lane[];
	/** Path of the node's module. */
	readonly node: string;
}

const secrets = new SecretFinder();
const lanes = new Map<string, Harness>();
const logged: string[] = [];

function captureLogs(): void {
	const log = (...values: unknown[]) => void logged.push(...textsIn(values));
	LoggerProxy.init({
		error: log,
		warn: log,
		info: log,
		debug: log,
		scoped: () => undefined,
	} as never);
	Object.assign(console, { error: log, warn: log, info: log, debug: log, log });
}

function learnSecrets({ ahaApiKey, ahaOAuth2Api }: Lane['credentials']): void {
	const tokens = ahaOAuth2Api.oauthTokenData as IDataObject;
	const known = [
		ahaApiKey.apiKey,
		ahaOAuth2Api.clientSecret,
		tokens.access_token,
		tokens.refresh_token,
	];
	for (const secret of known) secrets.add(String(secret));
}

/** The credentials of a lane, with the secrets of each new token learned when n8n stores it. */
function watched(credentials: Lane['credentials']): Lane['credentials'] {
	learnSecrets(credentials);
	return new Proxy(
		{ ...credentials },
		{
			set(target, name, value) {
				Reflect.set(target, name, value);
				learnSecrets(target);
				return true;
			},
		},
	);
}

/** Looks for secrets in all that an execution left. @returns where they are */
function leaksIn(left: Readonly<Record<string, readonly string[]>>): string[] {
	const leaks = Object.entries(left).flatMap(([kind, texts]) =>
		texts.flatMap((text) => secrets.find(text)).map((before) => `${kind}: ${before}`),
	);
	return [...new Set(leaks)];
}

const messageOf = (error: unknown): string => {
	const { message, description } = error as Error & { description?: string };
	return `${message} ${description ?? ''}`;
};

/** The results of each item, by n8n's pairing. */
function resultsOf({ operations }: Batch, output: readonly INodeExecutionData[]): ItemResult[] {
	const paired = operations.map((): INodeExecutionData[] => []);
	for (const item of output) {
		const { pairedItem } = item;
		const index = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : -1;
		paired[index]?.push(item);
	}
	return paired.map((items) => {
		const failed = items.find(({ json }) => json.error !== undefined);
		if (failed)
			return {
				records: [],
				error: `${String(failed.json.error)} ${String(failed.json.description)}`,
			};
		return { records: items.map(({ json }) => ({ id: String(json.id), name: String(json.name) })) };
	});
}

export const handlers = {
	start: async ({ env, lanes: given, node }: Setup) => {
		const { Aha } = (await import(node)) as { Aha: new () => INodeType };
		const type = new Aha();
		for (const { domain, credentials } of given) {
			const options = { env, credentials: watched(credentials), node: { name: 'aha', type } };
			lanes.set(domain, await harness(options));
		}
		captureLogs();
	},
	/** Leaves the simulated network again. */
	leave: () => {
		for (const n8n of lanes.values()) n8n.stop();
		lanes.clear();
	},
	run: async (batch: Batch): Promise<BatchResult> => {
		const n8n = lanes.get(batch.domain) as Harness;
		const records: unknown[] = [];
		const onFinished = (record: unknown) => void records.push(record);
		const logsBefore = logged.length;
		const output = await n8n
			.run(parametersOf(batch), inputOf(batch), { continueOnFail: true, onFinished })
			.catch((error: unknown) => error as Error);
		const isDone = Array.isArray(output);
		const leaks = leaksIn({
			'execution record': [...records.map((record) => stringify(record)), ...textsIn(records)],
			[isDone ? 'items' : 'error']: textsIn(output),
			log: logged.slice(logsBefore),
		});
		if (!isDone) return { items: [], failure: messageOf(output), leaks };
		return { items: resultsOf(batch, output), leaks };
	},
};
