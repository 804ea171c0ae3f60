import type { Deviate, Passing, Response } from './deviatingAccount';

/** A way in which an account is not as the simulated one, and what the check has to say of it. */
export interface Deviation {
	readonly deviate: Deviate;
	/** The endpoint or the assumption. */
	readonly where: RegExp;
	readonly what: RegExp;
}

type Body = Record<string, unknown>;

const refuse = (response: Response, status: number): void => {
	response.status = status;
	response.body = { error: 'No' };
};

/** The record in a response to one request. */
const recordIn = ({ body }: Response, key: string): Body | undefined =>
	body?.[key] as Body | undefined;

const isFeature = ({ line }: Passing): boolean => /^PUT \/features\/\d+$/.test(line);

export const deviations: Readonly<Record<string, Deviation>> = {
	'audits after an ID come newest first': {
		deviate: ({ query }, { body }) => {
			if (query.has('after_id')) (body?.audits as unknown[] | undefined)?.reverse();
		},
		where: /^Audits after an ID/,
		what: /^newest first/,
	},
	'no header tells of limits': {
		deviate: (_, response) => {
			const others = Object.entries(response.headers);
			response.headers = Object.fromEntries(
				others.filter(([name]) => !name.startsWith('x-ratelimit-')),
			);
		},
		where: /^Responses say what is left/,
		what: /^no such header$/,
	},
	'a 422 has another body': {
		deviate: (_, response) => {
			if (response.status === 422) response.body = { error: 'Validation failed' };
		},
		where: /is a 422/,
		what: /^422, application\/json, keys error$/,
	},
	'an empty filter finds nothing': {
		deviate: ({ query }, response) => {
			if (query.get('q') !== '') return;
			response.body = { features: [], pagination: { total_records: 0, total_pages: 0 } };
		},
		where: /^An empty filter/,
		what: /^200; nothing$/,
	},
	'more than 200 records a page are refused': {
		deviate: ({ query }, response) => {
			if (Number(query.get('per_page')) > 200) refuse(response, 400);
		},
		where: /^A page has 200 records at most/,
		what: /^400/,
	},
	'a page beyond the end is not found': {
		deviate: ({ query }, response) => {
			if (Number(query.get('page')) > 1000) refuse(response, 404);
		},
		where: /^A page beyond the end/,
		what: /^404/,
	},
	'a list has no descriptions': {
		deviate: ({ query }, { body }) => {
			if (query.get('fields') !== 'id,description') return;
			for (const feature of body?.features as Body[]) delete feature.description;
		},
		where: /^A list has the HTML of descriptions/,
		what: /^200.*; 0 of \d+$/,
	},
	'a name is refused where an ID goes': {
		deviate: (request, response) => {
			const feature = request.body.feature as Body | undefined;
			if (isFeature(request) && feature?.epic !== undefined) refuse(response, 400);
		},
		where: /^A name does where an ID goes: `epic`/,
		what: /^400, not linked$/,
	},
	'the token ends before the check': {
		deviate: ({ line, before }, response) => {
			const isLate = before.some((one) => one.startsWith('DELETE '));
			if (line === 'GET /me' && isLate) refuse(response, 401);
		},
		where: /^A key is good until/,
		what: /^401 after \d+ s$/,
	},
	'a key is missing': {
		deviate: ({ line }, response) => {
			if (/^GET \/features\/\d+$/.test(line)) delete recordIn(response, 'feature')?.workflow_status;
		},
		where: /^GET \/features\/\{feature_id\}$/,
		what: /^feature\.workflow_status: missing$/,
	},
	'there is a new key': {
		deviate: ({ line }, response) => {
			const epic = recordIn(response, 'epic');
			if (/^GET \/epics\/\d+$/.test(line) && epic) epic.brand_new = true;
		},
		where: /^GET \/epics\/\{epic_id\}$/,
		what: /^epic\.brand_new: not recorded \(boolean\)$/,
	},
	'a value has another type': {
		deviate: ({ line }, response) => {
			const release = recordIn(response, 'release');
			if (/^GET \/releases\/\d+$/.test(line) && release) release.parking_lot = 'no';
		},
		where: /^GET \/releases\/\{release_id\}$/,
		what: /^release\.parking_lot: text, recorded as boolean$/,
	},
	'a read has another status': {
		deviate: ({ line }, response) => {
			if (line === 'GET /goals') refuse(response, 404);
		},
		where: /^GET \/goals$/,
		what: /^status 404, recorded 200$/,
	},
	'a create has another status': {
		deviate: ({ line }, response) => {
			if (/^POST \/products\/\w+\/personas$/.test(line)) response.status = 201;
		},
		where: /^POST \/products\/\{product_id\}\/personas$/,
		what: /^status 201, recorded 200$/,
	},
};
