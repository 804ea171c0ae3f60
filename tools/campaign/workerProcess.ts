import { inspect } from 'node:util';

import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';

import type { Harness } from '../harness';
import { harness } from '../harness';
import type { StoredCredentials } from '../harness/credentials';
import type { NetworkEnv } from '../harness/network';
import { serve } from '../bench/remoteProcess';
import type { Batch, BatchResult, ItemResult } from './batch';
import { inputOf, parametersOf } from './batch';
import { SecretFinder } from './secrets';

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
const lanes = new Map<string, { n8n: Harness; credentials: Lane['credentials'] }>();
const logged: string[] = [];

function captureLogs(): void {
	const log = (...values: unknown[]) => void logged.push(inspect(values, { depth: 8 }));
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
			learnSecrets(credentials);
			const n8n = await harness({ env, credentials, node: { name: 'aha', type } });
			lanes.set(domain, { n8n, credentials });
		}
		captureLogs();
	},
	run: async (batch: Batch): Promise<BatchResult> => {
		const { n8n, credentials } = lanes.get(batch.domain) as { n8n: Harness } & Lane;
		const texts: string[] = [];
		const onFinished = (record: unknown) => {
			texts.push(
				stringify(record),
				inspect(record, { depth: 12, showHidden: false, maxArrayLength: 1000 }),
			);
		};
		const options = { continueOnFail: true, onFinished };
		const output = await n8n
			.run(parametersOf(batch), inputOf(batch), options)
			.catch((error: unknown) => error as Error);
		learnSecrets(credentials);
		texts.push(...logged.splice(0));
		const leaks = [...new Set(texts.flatMap((text) => secrets.find(text)))];
		if (output instanceof Error) return { items: [], failure: messageOf(output), leaks };
		return { items: resultsOf(batch, output), leaks };
	},
};

serve(handlers);
