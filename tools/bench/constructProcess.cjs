// Plain JavaScript: the hooks of a TypeScript loader would slow each `require` that is measured.
const { join } = require('node:path');
require('n8n-workflow');

const [, , packageFolder] = process.argv;

/** Parameters of "Me > Get". */
const parameters = { authentication: 'apiKey', resource: 'me', operation: 'get' };

/** A context for one run of the node, with a response that takes no time. */
const context = {
	getNode: () => ({ name: 'Aha!', type: 'aha', typeVersion: 1, parameters: {} }),
	getInputData: () => [{ json: {} }],
	getTimezone: () => 'UTC',
	continueOnFail: () => false,
	getExecutionCancelSignal: () => undefined,
	getCredentials: async () => ({ accountDomain: 'mycompany' }),
	getNodeParameter: (name, _index, fallback) => parameters[name] ?? fallback,
	helpers: {
		returnJsonArray: (records) => records.map((json) => ({ json })),
		constructExecutionMetaData: (items) => items,
		httpRequestWithAuthentication: async () => ({
			statusCode: 200,
			headers: {},
			body: '{"user":{"id":"1"}}',
		}),
	},
};

/** Prints the milliseconds that the built node takes in a process that has loaded nothing of it. */
async function measure() {
	const started = performance.now();
	const { Aha } = require(join(packageFolder, 'dist/nodes/Aha/Aha.node.js'));
	const loaded = performance.now();
	const node = new Aha();
	const constructed = performance.now();
	const [[item]] = await node.execute.call(context);
	if (item?.json.id !== '1') throw new Error(`The first run gave ${JSON.stringify(item)}`);
	const times = {
		load: loaded - started,
		construct: constructed - loaded,
		firstRun: performance.now() - started,
	};
	process.stdout.write(JSON.stringify(times));
}

void measure();
