import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { responderFor } from './response';
import { create, remove } from './changes';
import { invalid, notFound } from './errors';
import { readInput } from './input';
import { kindOf } from './kinds';
import { paginate } from './lists';
import { render } from './render';
import { fullShape, isObject, without } from './shapes';
import type { Entity, Store, Ref } from './store';
import { refTo } from './store';

/** Finds an integration by id or, as older clients do, by the name of its service. */
function integrationAt(store: Store, given: string): Entity {
	const found =
		store.find('integration', given) ??
		store.first('integration', ({ data }) => data.service_name === given);
	if (!found) throw notFound();
	return found;
}

/** Sets one or several fields. A field with the same name is replaced. */
const setFields =
	(name: string): Handler =>
	(context) => {
		const { store, body, parameters } = context;
		const record = findOrFail(store, name, parameters[`${name}_id`]);
		const integration = integrationAt(store, parameters.integration_id);
		const { integration_field: one, integration_fields: several } = body;
		const given = Array.isArray(several) ? several : [one];
		const fields = given.map((field) => setField(context, record, integration, field));
		if (!Array.isArray(several)) {
			const route =
				'POST /idea_endorsements/{idea_endorsement_id}/integrations/{integration_id}/fields';
			return responderFor(route, 'integration_field')(context, fields[0]);
		}
		return fields.map(({ id }) => id);
	};

function setField(
	{ store, actor }: RequestContext,
	record: Entity,
	integration: Entity,
	given: unknown,
): Entity {
	if (!isObject(given)) throw invalid("Integration field can't be blank");
	const input = readInput(store, kindOf('integration_field'), given);
	const old = fieldsOf(store, record).find(
		({ data }) =>
			data.name === input.values.name && (data.integration as Ref).id === integration.id,
	);
	const field = create(store, actor, 'integration_field', input, {
		integration: refTo(integration),
		integratable: refTo(record),
	});
	if (old) remove(store, actor, old);
	return field;
}

const fieldsOf = (store: Store, record: Entity): Entity[] => [
	...store.referrers(record, 'integration_field'),
];

const getField: Handler = (context) => {
	const { store, parameters } = context;
	const record = findOrFail(store, 'feature', parameters.feature_id);
	const integration = integrationAt(store, parameters.integration_id);
	const field = fieldsOf(store, record).find(
		({ data }) =>
			data.name === parameters.field_name && (data.integration as Ref).id === integration.id,
	);
	if (!field) throw notFound();
	const route = 'GET /features/{feature_id}/integrations/{integration_id}/fields/{field_name}';
	return responderFor(route, 'integration_field')(context, field);
};

/** Finds the records with a value in an integration field. */
const findRecordsByField =
	(kind?: string): Handler =>
	({ store, parameters, query }) => {
		const { integration_id: id, field_name: name, field_value: value } = parameters;
		const integration = id ? integrationAt(store, id) : undefined;
		const fields = [...store.all('integration_field')].filter(
			({ data }) =>
				data.name === name &&
				String(data.value) === value &&
				(!integration || (data.integration as Ref).id === integration.id) &&
				(!kind || (data.integratable as Ref).kind === kind),
		);
		const { records, pagination } = paginate(fields, query);
		return { records: records.map((field) => renderHolder(store, field)), pagination };
	};

function renderHolder(store: Store, { data }: Entity): unknown {
	const record = store.resolve(data.integratable);
	const integration = store.resolve(data.integration);
	if (!record) return {};
	return {
		[record.kind.name]: {
			integration_id: integration?.id ?? null,
			service_name: integration?.data.service_name ?? null,
			...render(store, record, fullShape(record.kind.name)),
		},
	};
}

const HOLDERS: Readonly<Record<string, string>> = {
	releases: 'release',
	initiatives: 'initiative',
	features: 'feature',
	epics: 'epic',
	requirements: 'requirement',
	ideas: 'idea',
	idea_endorsements: 'idea_endorsement',
	idea_users: 'idea_user',
};

const fieldRoute = (plural: string, name: string): string =>
	`POST /${plural}/{${name}_id}/integrations/{integration_id}/fields`;

const sendChange: Handler = ({ store, body }) => {
	integrationAt(store, String(body.integration_id as string));
	const now = new Date().toISOString();
	const job = store.add('integration_change_job', {
		status: 'complete',
		percentage_complete: 100,
		started_at: null,
		completed_at: now,
		errors: [],
	});
	return { status: 'success', integration_change_job_ids: [job.id] };
};

/** Accepts a webhook of an integration, which is identified by its token. */
const receiveWebhook: Handler = ({ store, parameters }) => {
	const { token } = parameters;
	if (!store.first('integration', ({ data }) => data.callback_token === token)) throw notFound();
	return {};
};

const createIntegration =
	(route: string): Handler =>
	(context) => {
		const { store, actor, body, parameters } = context;
		const given = { ...body, ...(isObject(body.integration) ? body.integration : {}) };
		const productId = parameters.product_id ?? given.product_id;
		const product = productId ? findOrFail(store, 'product', String(productId)) : undefined;
		const plain = without(given, 'integration', 'product_id');
		const input = readInput(store, kindOf('integration'), plain);
		const references = product && { project: refTo(product), owner: refTo(product) };
		const values = {
			name: String(given.service_name ?? ''),
			callback_token: `sandbox-token-${store.newId()}`,
			...input.values,
		};
		return responderFor(route, 'integration')(
			context,
			create(store, actor, 'integration', { ...input, values }, references ?? {}),
		);
	};

const getIntegration: Handler = (context) => {
	const { store, parameters } = context;
	findOrFail(store, 'product', parameters.product_id);
	const route = 'GET /products/{product_id}/integrations/{integration_id}';
	return responderFor(route, 'integration')(
		context,
		integrationAt(store, parameters.integration_id),
	);
};

export const integrationHandlers: Readonly<Record<string, Handler>> = {
	...Object.fromEntries(
		['features', 'epics', 'idea_endorsements', 'ideas', 'idea_users'].map((plural) => [
			fieldRoute(plural, HOLDERS[plural]),
			setFields(HOLDERS[plural]),
		]),
	),
	...Object.fromEntries(
		Object.entries(HOLDERS).map(([plural, name]) => [
			`GET /${plural}/fields/{field_name}/value/{field_value}`,
			findRecordsByField(name),
		]),
	),
	'GET /integrations/{integration_id}/fields/{field_name}/value/{field_value}':
		findRecordsByField(),
	'GET /features/{feature_id}/integrations/{integration_id}/fields/{field_name}': getField,
	'POST /integration_changes': sendChange,
	'POST /integrations': createIntegration('POST /integrations'),
	'POST /products/{product_id}/integrations': createIntegration(
		'POST /products/{product_id}/integrations',
	),
	'GET /products/{product_id}/integrations/{integration_id}': getIntegration,
	'POST /webhooks/{token}': receiveWebhook,
	'GET /webhooks/{token}': receiveWebhook,
};
