import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import { resources } from '../../../../nodes/Aha/resources';
import { isObject } from '../../../../nodes/Aha/transport/json';
import type { Field } from '../../../../nodes/Aha/schema/types';
import type { Call, ValueOf } from '../../../../tools/checkLive/operationForm';
import { callsOf, formFor, located } from '../../../../tools/checkLive/operationForm';
import type { Sample } from './samples';

/** Create or Update sends more than the one request of its endpoint. */
const calls = callsOf(resources).filter(({ operation }) => operation.value !== 'upsert');

const patternOf = (endpoint: string): RegExp =>
	new RegExp(`^${endpoint.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+?)')}$`);

const namesIn = (endpoint: string): string[] =>
	[...endpoint.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

/** How much of a path an endpoint leaves open: `{id}` more than `{id}.tgz`. */
const opennessOf = (endpoint: string): number =>
	namesIn(endpoint).length - endpoint.replaceAll(/\{\w+\}/g, '').length / 1000;

/** The calls of the node that lead to the path of a sample; those that spell out most of it. */
export function callsFor({ method, path }: Sample): Call[] {
	const fitting = calls.filter(({ endpoint }) => patternOf(endpoint).test(`${method} ${path}`));
	const least = Math.min(...fitting.map(({ endpoint }) => opennessOf(endpoint)));
	return fitting.filter(({ endpoint }) => opennessOf(endpoint) === least);
}

/** What a person fills in for a sample: everything in it that the form has a field for. */
export function formOf(sample: Sample, call: Call): INodeParameters {
	const { method, path, query = {} } = sample;
	const values = patternOf(call.endpoint).exec(`${method} ${path}`)?.slice(1) ?? [];
	const form = formFor(call, {
		path: Object.fromEntries(
			namesIn(call.endpoint).map((name, index) => [name, decodeURIComponent(values[index])]),
		),
		body: bodyValue(sample, call),
		query: (name, field) => (name in query ? typed(query[name], field) : undefined),
		fields: query.fields ?? fieldsIn(sample),
		...(query.per_page && { limit: Number(query.per_page) }),
	});
	// n8n has an empty text for what nobody filled in.
	const empty = Object.fromEntries(
		Object.keys(call.operation.required ?? {}).map((name) => [name, '']),
	);
	// One response ends the run, and the sample says whether duplicates are skipped.
	const skipDuplicates = sample.headers !== undefined;
	return { ...empty, ...form, skipDuplicates, waitForCompletion: false, output: 'raw' };
}

/** `fields` in the body of a create, beside the record. */
const fieldsIn = ({ body }: Sample): string | undefined =>
	typeof body?.fields === 'string' ? body.fields : undefined;

/** Finds the value of a field in the sample's body, by the path that the node sends it at. */
function bodyValue(sample: Sample, { operation }: Call): ValueOf {
	const body = sample.body ?? unflattened(sample.form ?? {});
	const root = operation.root === undefined ? body : (body[operation.root] ?? body);
	return (name, field) => {
		const withUnits = field.kind === 'estimate' ? `${name}_text` : undefined;
		const all = [field.bodyPath ?? name, withUnits, field.secondBodyPath];
		const paths = all.filter((one) => one !== undefined);
		const found = paths
			.map((path) => (path.startsWith('/') ? at(body, path.slice(1)) : at(root, path)))
			.find((value) => value !== undefined);
		return found === undefined ? undefined : typed(found, field);
	};
}

const at = (value: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** `attachment[file_url]` → `{attachment: {file_url}}`. */
export function unflattened(form: Readonly<Record<string, string>>): Record<string, unknown> {
	const nested: Record<string, Record<string, string>> = {};
	for (const [name, value] of Object.entries(form)) {
		const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? ['', name, ''];
		nested[outer] = { ...nested[outer], [inner]: value };
	}
	return nested;
}

/** What is typed into a field, or chosen there, so that the value of a sample is sent. */
function typed(value: unknown, field: Field): NodeParameterValueType {
	if (value === null) return field.kind === 'record' ? located(field, '') : '';
	switch (field.kind) {
		case 'json':
			return value as NodeParameterValueType;
		case 'record':
			return located(field, String(named(value)));
		case 'person':
			return { __rl: true, mode: 'email', value: String(named(value)) };
		case 'list':
		case 'people':
		case 'records':
			return [value].flat().map(named).map(String) as NodeParameterValueType;
		default:
			return named(value) as NodeParameterValueType;
	}
}

/** `{name: 'Designed'}` and `{email: …}` name something, as the bare text does. */
export function named(value: unknown): unknown {
	if (!isObject(value)) return value;
	const [[key, inner] = [], ...others] = Object.entries(value);
	return others.length === 0 && ['id', 'name', 'email'].includes(String(key)) ? inner : value;
}
