import type { FixedValues } from './cases';
import type { Marker } from './markers';

const fixed = (typed: string | boolean): Marker => ({ typed, seen: [String(typed)] });

/** Endpoints that no operation calls, with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
	'GET /webhooks/{token}': 'Jira calls it, to see whether its webhook is there',
	'POST /webhooks/{token}': 'Jira calls it, to tell Aha! of changes',
};

/** Parameters that no operation sends, with the reason. */
export const UNSENT: Readonly<Record<string, string>> = {
	'POST /products/{product_id}/releases status':
		'The recorded request calls workflow_status so, which no list of parameters does',
	'POST /releases/{release_id}/features release': 'The path has the release',
	'POST /releases/{release_id}/epics release': 'The path has the release',
};

/** Requests that Aha!'s REST documentation does not list, with the reason. */
export const UNDOCUMENTED: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
	[/^POST \/api\/v2\/graphql$/, "Aha!'s GraphQL API"],
	[/^GET \/attachments\/\d+\/token\//, 'The download_url of an attachment'],
	[
		/^POST \/api\/v1\/(initiatives|releases|requirements)\/\w+\/integrations\/\w+\/fields$/,
		"Aha!'s own integrations use it",
	],
	[
		/^GET \/api\/v1\/(initiatives|releases|requirements)\/fields\/[^/]+\/value\/[^/]+$/,
		"Aha!'s own integrations use it",
	],
];

/** Values that some operations need in order to work. */
export const FIXED_VALUES: FixedValues = {
	'account.customApiCall': {
		method: fixed('GET'),
		path: fixed('/features'),
		query: fixed('{}'),
		body: fixed('{}'),
	},
	'account.searchRecords': { record_types: fixed('Feature') },
	'accountBackup.create': { waitForCompletion: fixed(true) },
	'attachment.download': {
		downloadUrl: fixed('=https://{{ $json.accountDomain }}.aha.io/attachments/7/token/x.download'),
	},
	'attachment.upload': { binaryPropertyName: fixed('data') },
	...Object.fromEntries(
		['feature', 'idea', 'release', 'epic', 'requirement', 'initiative'].map((resource) => [
			`${resource}.upsert`,
			{ existing: { typed: '', seen: [] } },
		]),
	),
};
