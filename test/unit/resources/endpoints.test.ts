import { endpointsOf } from '../../../nodes/Aha/schema/endpoints';
import { resources } from '../../../nodes/Aha/resources';
import { endpoints as documented } from '../../../sandbox/aha-api';

/** Endpoints that no operation names, each with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
	'GET /webhooks/{}': 'Jira calls it, to see whether its webhook is there',
	'POST /webhooks/{}': 'Jira calls it, to tell Aha! of changes',
};

/** Endpoints that Aha!'s documentation does not list, each with the reason. */
const BEYOND: Readonly<Record<string, string>> = {
	'POST /initiatives/{}/integrations/{}/fields': "Aha!'s own integrations use it",
	'POST /releases/{}/integrations/{}/fields': "Aha!'s own integrations use it",
	'POST /requirements/{}/integrations/{}/fields': "Aha!'s own integrations use it",
};

/** Names of path parameters are ours; only their places count. */
const place = (endpoint: string): string =>
	endpoint
		.replaceAll(/\{\w+\}/g, '{}')
		// Aha! documents this one for all types of record at once.
		.replace(/^POST \/\w+\/\{\}\/record_links$/, 'POST /{}/{}/record_links');

const known = new Set(documented.map(({ method, path }) => place(`${method} ${path}`)));

const used = new Set(
	resources
		.flatMap(({ operations }) => operations)
		.flatMap((operation) => endpointsOf(operation).map(([, endpoint]) => place(endpoint))),
);

const lacking = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
	[...some].filter((endpoint) => !others.has(endpoint)).sort();

describe('the endpoints of all operations', () => {
	it('are all of those that Aha! documents', () => {
		expect(lacking(known, used)).toEqual(Object.keys(LEFT_OUT));
	});

	it('are none that Aha! does not know', () => {
		expect(lacking(used, known)).toEqual(Object.keys(BEYOND));
	});
});
