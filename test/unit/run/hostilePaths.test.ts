import { resources } from '../../../nodes/Aha/resources';
import { readRequest } from '../../../nodes/Aha/run/request';
import { endpointsOf } from '../../../nodes/Aha/schema/endpoints';
import { pathFields } from '../../../nodes/Aha/schema/pathFields';
import { HOSTILE_ADDRESSES } from '../../node/hostileAddresses';

const HOST = 'mycompany.aha.io';
const SCOPE = { timezone: 'UTC', host: HOST };

/** Every field with a part of a path, in each operation and for each of its endpoints. */
const places = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) =>
		endpointsOf(operation).flatMap(([key, endpoint]) =>
			pathFields(resource.value, operation, endpoint).map(({ name }) => ({
				resource: resource.value,
				// Only the path is of interest.
				operation: {
					...operation,
					required: {},
					requiredQuery: {},
					fields: {},
					customFields: false,
				},
				key,
				endpoint,
				name,
			})),
		),
	),
);

type Place = (typeof places)[number];

/** The path of a request with a value in one field; undefined when it is refused. */
function pathWith({ resource, operation, key, name }: Place, value: unknown): string | undefined {
	const read = (wanted: string, fallback?: unknown): unknown => {
		if (wanted === 'belongsTo') return key;
		if (wanted === name) return value;
		return /^(options|filters|additionalFields)/.test(wanted) ? fallback : '7';
	};
	try {
		return readRequest(resource, operation as never, read as never, { scope: SCOPE }).request.path;
	} catch (error) {
		if (!/^"[A-Z]/.test((error as Error).message)) throw error;
		return undefined;
	}
}

/** Whether a path has the parts of its endpoint, each in its place, also as a URL. */
function isInPlace(path: string, endpoint: string): boolean {
	const { href } = new URL(`https://${HOST}/api/v1${path}`);
	const template = endpoint.split(' ')[1].split('/');
	const parts = path.split('/');
	return (
		href === `https://${HOST}/api/v1${path}` &&
		parts.length === template.length &&
		template.every((part, index) => part.startsWith('{') || part === parts[index])
	);
}

test('there are hundreds of places', () => {
	expect(places.length).toBeGreaterThan(200);
	expect(HOSTILE_ADDRESSES.length).toBeGreaterThanOrEqual(500);
	const [place] = places;
	const [, template] = place.endpoint.split(' ');
	expect(isInPlace(template.replace(/\{\w+\}/g, '7'), place.endpoint)).toBe(true);
	expect(isInPlace(template.replace(/\{\w+\}/g, '7/8'), place.endpoint)).toBe(false);
});

const names = [...new Set(places.map(({ resource }) => resource))];

test.each(names)('%s: no address leads out of the path it is typed in', (name) => {
	for (const place of places.filter(({ resource }) => resource === name)) {
		expect(pathWith(place, '7')).toBeDefined();
		const typed = HOSTILE_ADDRESSES.flatMap((value) => [value, { __rl: true, mode: 'url', value }]);
		const astray = typed
			.map((value) => pathWith(place, value))
			.filter((path) => path !== undefined && !isInPlace(path, place.endpoint));
		expect({ place, astray }).toEqual({ place, astray: [] });
	}
});
