const { execFile } = require('node:child_process');
const { readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const run = async (bin, ...args) => {
	const script = join(__dirname, 'node_modules', '.bin', bin);
	try {
		await promisify(execFile)(script, args, { cwd: __dirname });
	} catch (error) {
		throw new Error(`${bin} failed:\n${error.stdout}${error.stderr}`);
	}
};

const clean = () => rm(join(__dirname, 'dist'), { recursive: true, force: true });
const compile = () => run('tsc', '-p', 'tsconfig.json');

/** Puts marked into the package, with its licence: n8n allows no dependencies. */
const vendor = async () => {
	const licence = await readFile(join(__dirname, 'node_modules/marked/LICENSE'), 'utf8');
	await build({
		entryPoints: [join(__dirname, 'vendor/markdown.ts')],
		outfile: join(__dirname, 'dist/vendor/markdown.js'),
		bundle: true,
		format: 'cjs',
		target: 'node20',
		legalComments: 'none',
		drop: ['console'],
		banner: { js: `/*\n${licence.replaceAll('*/', '* /')}*/` },
	});
};

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

/** Writes the node's form as JSON, so that no process of n8n has to build it. */
const form = async () => {
	const folder = join(__dirname, 'dist/nodes/Aha');
	const { properties } = require('./dist/nodes/Aha/properties.js');
	await writeFile(join(folder, 'properties.json'), JSON.stringify(properties));
	await writeFile(
		join(folder, 'properties.js'),
		"exports.properties = require('./properties.json');\n",
	);
};

/** Verbs of every resource: people search for the resource instead. */
const PLAIN =
	/^(Add|Attach|Create|Custom|Delete|Download|Execute|Get|Remove|Search|Set|Update|Upload)\b/;

/** Lets n8n's search find the node by its resources and their special verbs. */
const aliases = async () => {
	const path = join(__dirname, 'dist/nodes/Aha/Aha.node.json');
	const { resources } = require('./dist/nodes/Aha/resources');
	const words = resources.flatMap(({ name, aliases: others = [], operations }) => [
		name,
		...others,
		...operations
			.filter((operation) => !PLAIN.test(operation.name))
			.map((operation) => `${operation.name} ${name}`),
	]);
	const file = JSON.parse(await readFile(path, 'utf8'));
	const alias = [...new Set([...file.alias, ...words.map((word) => word.toLowerCase())])];
	await writeFile(path, JSON.stringify({ ...file, alias }));
};

// What n8n reads to offer the nodes without loading their code.
const metadata = () => run('n8n-generate-metadata');

exports.clean = clean;
exports.build = series(clean, parallel(compile, icons, codex), vendor, form, aliases, metadata);
exports.default = exports.build;
