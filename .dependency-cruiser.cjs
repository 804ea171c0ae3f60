/** Checks that imports point one way. Run it with `npm run lint:rooms`. */

/** What each room of `nodes/Aha` can import from the others. */
const rooms = {
	transport: [],
	// Only types, see below.
	schema: ['transport'],
	form: ['schema'],
	run: ['transport', 'schema'],
	handlers: ['transport', 'schema'],
	resources: ['transport', 'schema', 'handlers'],
	listSearch: ['transport', 'schema', 'run', 'handlers', 'resources'],
	triggers: ['transport', 'schema', 'run', 'resources'],
};

const ROOM = '^nodes/Aha/';

const roomRules = Object.entries(rooms).map(([room, imports]) => ({
	name: `imports-of-${room}`,
	comment: `nodes/Aha/${room} can import ${imports.join(', ') || 'no other room'}.`,
	severity: 'error',
	from: { path: `${ROOM}${room}/` },
	to: { path: '^nodes/', pathNot: `${ROOM}(${[room, ...imports].join('|')})/` },
}));

/** @param others folders that a folder never imports */
const never = (folder, ...others) => ({
	name: `imports-of-${folder}`,
	comment: `${folder}/ never imports ${others.join(', ')}.`,
	severity: 'error',
	from: { path: `^${folder}/` },
	to: { path: `^(${others.join('|')})/` },
});

module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			comment: 'Modules that import each other cannot be understood or tested one by one.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'no-unknown-room',
			comment: 'Add a new room to the list in .dependency-cruiser.cjs.',
			severity: 'error',
			from: { path: `${ROOM}[^/]+/`, pathNot: `${ROOM}(${Object.keys(rooms).join('|')})/` },
			to: {},
		},
		...roomRules,
		{
			name: 'types-in-schema',
			comment: 'nodes/Aha/schema describes data. It needs only types of transport, no code.',
			severity: 'error',
			from: { path: `${ROOM}schema/` },
			to: { path: `${ROOM}transport/`, dependencyTypesNot: ['type-only'] },
		},
		never('credentials', 'nodes', 'sandbox', 'tools', 'test'),
		never('nodes', 'sandbox', 'tools', 'test'),
		never('sandbox', 'credentials', 'nodes', 'tools', 'test'),
		never('tools', 'test'),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)(dist|\\.runtime|test/output)/' },
		tsConfig: { fileName: 'tsconfig.dev.json' },
		// Without it, imports of types would not count.
		tsPreCompilationDeps: true,
	},
};
