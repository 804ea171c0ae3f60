import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { FILES as ADDRESSED } from '../../../tools/docs/address';
import { readPage } from '../../../tools/docs/markdown';
import { fingerprints } from '../../../tools/pictures/fingerprints';
import { ROOT } from '../../../tools/runtime/places';

const filesIn = (folder: string): string[] =>
	(readdirSync(join(ROOT, folder), { recursive: true }) as string[]).map((file) =>
		join(folder, file),
	);

/** Where files are that a page can name, relative to the repository. */
const FOLDERS = [
	'.changeset',
	'.ci',
	'.github',
	'credentials',
	'docs',
	'examples',
	'nodes',
	'sandbox',
	'test',
	'tools',
];
const files = [...readdirSync(ROOT), ...FOLDERS.flatMap(filesIn)];
const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('test/output'));
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const read = new Map(pages.map((page) => [page, readPage(textOf(page))]));
const pageOf = (page: string) => read.get(page) ?? readPage(textOf(page));

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

/** The targets of links and pictures on a page that lead into the repository. */
const linksOf = (page: string): string[] =>
	pageOf(page).links.filter((target) => !/^[a-z]+:/.test(target));

/** The commands on a page, in blocks and in sentences. */
function commandsOf(page: string): string[] {
	const { codeSpans, blocks } = pageOf(page);
	const shell = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
	return [...codeSpans, ...shell].flatMap((code) =>
		code.split(/\n|&&|\||;/).map((part) => part.trim()),
	);
}

/** The commands of npm that no script stands for. */
const NPM = ['ci', 'install', 'pack', 'publish', 'run'];

/** What is wrong with a command, if anything. */
function problemOf(command: string): string | undefined {
	const [program, ...words] = command.replace(/\s#.*$/, '').split(/\s+/);
	const plain = words.filter((word) => !word.startsWith('-'));
	if (program === 'npx')
		return existsSync(join(ROOT, 'node_modules/.bin', plain[0])) ? undefined : command;
	if (program !== 'npm') return undefined;
	const [verb, named] = plain;
	if (verb !== 'run')
		return NPM.includes(verb) || verb in scripts ? optionProblem(command, verb) : command;
	return named in scripts ? optionProblem(command, named) : command;
}

/** An option after `--` has to be in the code of the tool that the script starts. */
function optionProblem(command: string, script: string): string | undefined {
	const [, tool] = /tools\/(\w+)\/cli\.ts/.exec(scripts[script] ?? '') ?? [];
	const [, given = ''] = command.split(' -- ');
	if (!tool) return undefined;
	const code = filesIn(`tools/${tool}`)
		.filter((file) => file.endsWith('.ts'))
		.map(textOf)
		.join('\n');
	const options = given.split(/\s+/).filter((word) => word.startsWith('--'));
	const unknown = options.filter((option) => {
		const name = option.slice(2).replace(/=.*/, '');
		return !new RegExp(`(--|['"\\s{,])${name}\\b`).test(code);
	});
	return unknown.length > 0 ? `${command}: ${unknown.join()}` : undefined;
}

/** Paths in code, such as `run/input.ts` and `tools/bench/`; not those with placeholders. */
const isPath = (code: string): boolean =>
	/^[\w.@-]+(\/[\w.-]+)*\.(ts|cjs|mjs|js|json|md|yml|txt|svg|html)$/.test(code) ||
	/^(\.ci|\.github|credentials|docs|examples|nodes|sandbox|test|tools)(\/[\w.-]+)*\/?$/.test(code);

/** What commands write, and Git ignores. */
const WRITTEN = /^(dist|test\/output)\//;

const exists = (path: string): boolean => {
	const bare = path.replace(/\/$/, '');
	return files.some((file) => file === bare || file.endsWith(`/${bare}`));
};

describe.each(pages)('%s', (page) => {
	it('links to what there is', () => {
		const broken = linksOf(page).filter((link) => {
			const [path, anchor] = link.split('#');
			const target = path === '' ? page : join(dirname(page), path);
			if (!existsSync(join(ROOT, target))) return true;
			return anchor !== undefined && !pageOf(target).anchors.includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	it('names commands that there are', () => {
		expect(commandsOf(page).map(problemOf).filter(Boolean)).toEqual([]);
	});

	it('names files that there are', () => {
		const named = pageOf(page).codeSpans.filter(isPath);
		expect(named.filter((path) => !WRITTEN.test(path) && !exists(path))).toEqual([]);
	});

	it('has JSON that can be read', () => {
		const { blocks } = pageOf(page);
		for (const { language, text } of blocks) if (language === 'json') JSON.parse(text);
	});
});

test.each(ADDRESSED)('%s links to files that there are', (file) => {
	const found = [...textOf(file).matchAll(/\/blob\/main\/([\w./-]+)(?:#([\w-]+))?/g)];
	const broken = found.filter(([, path, anchor]) => {
		if (!existsSync(join(ROOT, path))) return true;
		return anchor !== undefined && !pageOf(path).anchors.includes(anchor);
	});
	expect(broken.map(([link]) => link)).toEqual([]);
});

const IMAGES = join(ROOT, 'docs', 'images');
const pictures = (readdirSync(IMAGES, { recursive: true }) as string[]).filter((file) =>
	/\.(png|svg|webp|gif)$/.test(file),
);

test('each picture in docs/images is on a page', () => {
	const shown = new Set(
		pages.flatMap((page) => linksOf(page).map((link) => resolve(ROOT, dirname(page), link))),
	);
	expect(pictures.filter((picture) => !shown.has(join(IMAGES, picture)))).toEqual([]);
});

test('npm run pictures makes each picture but that of the benchmark', () => {
	const made = pictures.filter((picture) => picture !== 'bench.svg');
	expect(Object.keys(fingerprints()).sort()).toEqual(made.sort());
});
