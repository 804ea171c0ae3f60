import { replaceSection } from '../../../tools/docs/replaceSection';
import { roomOf, withoutShortcuts, type Arrow } from '../../../tools/rooms/graph';
import { mermaidOf } from '../../../tools/rooms/mermaid';

const arrow = (from: string, to: string, typesOnly = false): Arrow => ({ from, to, typesOnly });

describe('the picture of the rooms', () => {
	it.each([
		['nodes/Aha/run/execute.ts', 'run'],
		['nodes/Aha/triggers/feed/follow.ts', 'triggers'],
		['nodes/Aha/Aha.node.ts', 'node classes'],
		['nodes/AhaTrigger/AhaTrigger.node.ts', 'node classes'],
		['tools/rooms/graph.ts', 'tools'],
		['node_modules/n8n-workflow/dist/index.js', undefined],
	])('puts %s into %s', (path, room) => {
		expect(roomOf(path)).toBe(room);
	});

	it('leaves out arrows that follow from others', () => {
		const chain = [arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'd')];
		expect(withoutShortcuts([arrow('a', 'c'), arrow('a', 'd'), ...chain])).toEqual(chain);
	});

	it('is the same in whatever order the imports are read', () => {
		const arrows = [
			arrow('node classes', 'run'),
			arrow('run', 'schema', true),
			arrow('test', 'run'),
		];
		expect(mermaidOf(arrows)).toBe(
			[
				'flowchart TD',
				'subgraph nodes',
				'\tnodeClasses["node classes"]',
				'\trun',
				'\tschema',
				'end',
				'test',
				'nodeClasses --> run',
				'run -.-> schema',
				'test --> run',
			].join('\n'),
		);
		expect(mermaidOf([...arrows].reverse())).toBe(mermaidOf(arrows));
	});
});

describe('a section of a document', () => {
	const text = 'Before\n<!-- rooms: written by x -->\n\nold $1\n\n<!-- /rooms -->\nafter';

	it('is replaced between its marks', () => {
		expect(replaceSection(text, 'rooms', 'new $1')).toBe(
			'Before\n<!-- rooms: written by x -->\n\nnew $1\n\n<!-- /rooms -->\nafter',
		);
	});

	it('needs its marks', () => {
		expect(() => replaceSection(text, 'others', '')).toThrow('"others" are missing');
	});
});
