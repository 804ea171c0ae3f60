import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resources } from '../../../nodes/Aha/resources';
import { ROOT } from '../../../tools/runtime/places';

const cellsOf = (row: string): string[] =>
	row
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());

const text = readFileSync(join(ROOT, 'docs/permissions.md'), 'utf8');
const [, , ...rows] = text
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.map(cellsOf);

test.each(rows)('%s > %s is in the form', (names, operations) => {
	for (const name of names.split(', ')) {
		const resource = resources.find((one) => one.name === name);
		expect(resource?.name).toBe(name);
		if (operations === 'All') continue;
		const offered = resource?.operations.map((operation) => operation.name);
		expect(offered).toEqual(expect.arrayContaining(operations.split(', ')));
	}
});

test('the table has rows', () => expect(rows.length).toBeGreaterThan(5));
