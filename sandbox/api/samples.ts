import { recorded } from '../aha-api';
import { kindAt, kindOf } from './kinds';
import { storedKey, referenceTarget, referenceListTarget } from './relations';
import { isObject } from './shapes';

/** Keys that seeds do not copy from recordings: they are generated or computed. */
const GENERATED =
	/^(id|url|resource|reference_num|created_at|updated_at|.*_reference_num|.*_count|preferences|accounts|.*_workflow)$/;

/** Recorded records of a kind; those of GET come first, as they are the most complete. */
function recordingsOf(name: string): Array<Record<string, unknown>> {
	const { plural } = kindOf(name);
	const bodies = Object.entries(recorded)
		.sort(([a], [b]) => Number(b.startsWith('GET')) - Number(a.startsWith('GET')))
		.map(([, { body }]) => body)
		.filter(isObject);
	const single = bodies.map((body) => body[name]);
	const listed = bodies.flatMap((body) => (Array.isArray(body[plural]) ? body[plural] : []));
	return [...single, ...listed].filter(isObject);
}

/** Values for a complete record of a kind, taken from recordings. */
export function sampleOf(name: string): Record<string, unknown> {
	const known = samples.get(name) ?? read(name);
	samples.set(name, known);
	return structuredClone(known);
}

const samples = new Map<string, Record<string, unknown>>();

function read(name: string): Record<string, unknown> {
	const data: Record<string, unknown> = {};
	for (const recording of recordingsOf(name)) {
		for (const [key, value] of Object.entries(recording)) {
			if (isSeedable(name, key, value)) data[key] ??= value;
		}
	}
	return data;
}

/** Values for each record of a recorded list, for example all schedules. */
export const samplesOf = (name: string, path: string): Array<Record<string, unknown>> => {
	const body = recorded[`GET ${path}`]?.body;
	const list = isObject(body) ? body[kindOf(name).plural] : undefined;
	return (Array.isArray(list) ? list : []).map((recording: Record<string, unknown>) =>
		Object.fromEntries(
			Object.entries(recording).filter(([key, value]) => isSeedable(name, key, value)),
		),
	);
};

function isSeedable(name: string, key: string, value: unknown): boolean {
	if (GENERATED.test(key) || value === null) return false;
	const kept = storedKey(key);
	if (referenceTarget(kept, name) || referenceListTarget(kept)) return false;
	const holdsRecords = typeof value === 'object' && kindAt(key) !== undefined;
	return !holdsRecords && !COMPUTED.has(key);
}

/** Keys that are computed when they are read. */
const COMPUTED = new Set([
	'custom_fields',
	'custom_object_links',
	'linked_records',
	'tags',
	'full_tags',
	'project',
	'product',
	'feature_links',
	'epic_links',
	'children',
	'parents',
	'epic',
	'success_metric',
	'screen_definition_ids',
	'workflow_status',
	'workflow_kind',
	'workflow_status_times',
	'product_roles',
	'user_roles',
	'votes',
	'commentable',
	'taskable',
	'assigned_to_users',
	'integratable',
]);
