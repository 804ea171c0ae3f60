import { recorded } from '../aha-api';
import { isObject } from './shapes';

/** Text values that are settings with a default. */
const SETTINGS =
	/(_source|_type|_type_name|type_name|visibility|status|date_resolution|timezone|color)$/;
const NOT_SETTINGS =
	/^(id|name|reference_num|position|score|product_line|linked_record_type|product_line_type|.*_id)$/;

const starting = new Map<string, Record<string, unknown>>();

for (const [endpoint, { body }] of Object.entries(recorded)) {
	if (!endpoint.startsWith('POST ') || !isObject(body)) continue;
	for (const [name, record] of Object.entries(body)) {
		if (isObject(record) && !starting.has(name)) starting.set(name, settingsIn(record));
	}
}

function settingsIn(record: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(record).filter(
			([key, value]) =>
				!NOT_SETTINGS.test(key) &&
				(typeof value === 'boolean' ||
					typeof value === 'number' ||
					(typeof value === 'string' && SETTINGS.test(key))),
		),
	);
}

/** The default values of a new record, taken from recorded responses. */
export const defaultsOf = (name: string): Record<string, unknown> =>
	starting.get(name) ?? UNNAMED[name] ?? {};

/** Defaults for responses without the name of the kind. */
const UNNAMED: Readonly<Record<string, Record<string, unknown>>> = {
	custom_field_option: { hidden: false },
};
