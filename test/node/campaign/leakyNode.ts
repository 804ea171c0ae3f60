import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';

/** The ways in which a secret gets into a text. */
export const FORMS: Readonly<Record<string, (secret: string) => string>> = {
	raw: (secret) => secret,
	base64: (secret) => Buffer.from(secret).toString('base64'),
	basic: (secret) => Buffer.from(`me:${secret}`).toString('base64'),
	'base64 for URLs': (secret) => Buffer.from(`?${secret}`).toString('base64url'),
	URL: encodeURIComponent,
	form: (secret) => new URLSearchParams({ secret }).toString(),
	JSON: (secret) => JSON.stringify({ secret }),
	hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
};

const withMore = (message: string, more: object): Error => Object.assign(new Error(message), more);

/** Puts a text somewhere in what an execution leaves. */
const PLACES: Readonly<
	Record<string, (context: IExecuteFunctions, text: string) => INodeExecutionData | undefined>
> = {
	item: (_context, text) => ({ json: { deep: [{ text }] } }),
	'name of a file': (_context, text) => ({
		json: {},
		binary: { data: { data: '', mimeType: '', fileName: text } },
	}),
	bytes: (_context, text) => ({ json: { bytes: Buffer.from(text) as never } }),
	'error of an item': (_context, text) => ({
		json: { error: 'x' },
		error: new Error(text) as never,
	}),
	error: (_context, text) => {
		throw new Error(text);
	},
	'cause of an error': (_context, text) => {
		throw withMore('x', { cause: new Error(text) });
	},
	'headers of an error': (_context, text) => {
		throw withMore('x', { config: { headers: { Authorization: text } } });
	},
	log: (_context, text) => {
		LoggerProxy.debug('x', { text });
		return undefined;
	},
	console: (_context, text) => {
		console.log(text);
		return undefined;
	},
	'execution record': (context, text) => {
		context.addExecutionHints({ message: text, location: 'outputPane' });
		return undefined;
	},
};

export const PLACE_NAMES = Object.keys(PLACES);

/** In place of the real node: leaks a secret in the form and at the place that the item names. */
export class Aha implements INodeType {
	description = {
		displayName: 'Leaky',
		name: 'aha',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		credentials: [{ name: 'ahaApiKey' }, { name: 'ahaOAuth2Api' }],
		properties: [],
	} as unknown as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [place, form, credential, key] = String(this.getInputData()[0].json.name).split(', ');
		const data = await this.getCredentials<Record<string, never>>(credential);
		const values = { ...data, ...(data.oauthTokenData as object | undefined) };
		const text = FORMS[form]?.(values[key as never]) ?? 'nothing';
		const item = PLACES[place](this, `Some text, then ${text}`);
		return [[{ pairedItem: { item: 0 }, json: {}, ...item }]];
	}
}
