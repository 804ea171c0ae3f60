import { execa } from 'execa';
import { join } from 'node:path';

import { wordsOf } from '../../tools/forms/words';
import { ROOT } from '../../tools/runtime/places';

test("the form says as much as those of n8n's own nodes, and the page says so", async () => {
	// Jest cannot load the nodes of n8n, as some of their packages are ES modules.
	const command = ['--import', 'tsx', join(ROOT, 'tools/forms/cli.ts'), '--check'];
	const { exitCode, stderr } = await execa(process.execPath, command, { reject: false, cwd: ROOT });
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('what a form says is counted in collections too, and what chooses is no field', () => {
	const described = { default: '', description: 'What it is' };
	const words = wordsOf([
		{ displayName: 'Resource', name: 'resource', type: 'options', options: [], default: '' },
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			options: [
				{ name: 'Get', value: 'get', description: 'Get it' },
				{ name: 'Delete', value: 'delete' },
			],
			default: 'get',
		},
		{ displayName: 'Name', name: 'name', type: 'string', ...described },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [
				{ displayName: 'Tag', name: 'tag', type: 'string', default: '', placeholder: 'e.g. x' },
				{
					displayName: 'Record',
					name: 'record',
					type: 'resourceLocator',
					...described,
					modes: [
						{ displayName: 'By ID', name: 'id', type: 'string' },
						{ displayName: 'By URL', name: 'url', type: 'string' },
					],
				},
				{
					displayName: 'Person',
					name: 'person',
					type: 'resourceLocator',
					...described,
					modes: [{ displayName: 'By Email', name: 'email', type: 'string' }],
				},
			],
		},
	]);
	expect(words).toEqual({
		operations: { having: 1, of: 2 },
		fields: { having: 3, of: 4 },
		texts: { having: 1, of: 2 },
		locators: { having: 1, of: 1 },
	});
});
