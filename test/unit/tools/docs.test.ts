import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { fingerprints, FINGERPRINTS } from '../../../tools/pictures/fingerprints';
import { ROOT } from '../../../tools/runtime/places';

/** All pages for readers, relative to the repository. */
const pages = [
	'README.md',
	'CONTRIBUTING.md',
	'tools/bench/README.md',
	...(readdirSync(join(ROOT, 'docs'), { recursive: true }) as string[])
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
];

/** A page without its code blocks, in which nothing is a link. */
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const proseOf = (page: string): string => textOf(page).replace(/^ *```[^]*?^ *```/gm, '');

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replace(/\s/g, '-');

const anchorsOf = (page: string): string[] =>
	[...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));

/** The targets of links and pictures on a page that lead into the repository. */
const linksOf = (page: string): string[] =>
	[...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target]) => target)
		.filter((target) => !/^[a-z]+:/.test(target));

describe.each(pages)('%s', (page) => {
	it('links to what there is', () => {
		const broken = linksOf(page).filter((link) => {
			const [path, anchor] = link.split('#');
			const target = path === '' ? page : join(dirname(page), path);
			if (!existsSync(join(ROOT, target))) return true;
			return anchor !== undefined && !anchorsOf(target).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	it('names commands that there are', () => {
		const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
		const named = [...textOf(page).matchAll(/npm run (?:--?[a-z]+ )*([a-z][a-z:0-9]*)/g)];
		expect(named.map(([, name]) => name).filter((name) => !(name in scripts))).toEqual([]);
	});
});

test('each picture in docs/images is on a page', () => {
	const shown = new Set(
		pages.flatMap((page) => linksOf(page).map((link) => resolve(ROOT, dirname(page), link))),
	);
	const images = join(ROOT, 'docs', 'images');
	const pictures = (readdirSync(images, { recursive: true }) as string[])
		.filter((file) => /\.(png|svg|webp|gif)$/.test(file))
		.map((file) => join(images, file));
	expect(pictures.filter((picture) => !shown.has(picture))).toEqual([]);
});

test('the pictures of the recipes show the recipes as they are; run npm run pictures', () => {
	expect(JSON.parse(readFileSync(FINGERPRINTS, 'utf8'))).toEqual(fingerprints());
});
