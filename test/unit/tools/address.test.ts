import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FILES, withAddress } from '../../../tools/docs/address';
import { ROOT } from '../../../tools/runtime/places';

const OTHER = 'https://github.com/acme/aha-nodes';

const { homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	homepage: string;
};

test.each(FILES)('%s gets another address, and nothing else changes', (file) => {
	const text = readFileSync(join(ROOT, file), 'utf8');
	const moved = withAddress(text, OTHER);
	expect(moved).not.toContain(homepage);
	expect(moved).toContain(OTHER);
	expect(withAddress(moved, homepage)).toBe(text);
});

test('no other file names the address', () => {
	const folders = ['.github', 'credentials', 'nodes', 'sandbox', 'tools', 'docs', 'README.md'];
	const args = ['-rlF', homepage, ...folders];
	const found = execFileSync('grep', args, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
	expect(found.sort()).toEqual(FILES.filter((file) => file !== 'package.json'));
});
