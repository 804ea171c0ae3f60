const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
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
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
// What n8n reads to offer the nodes without loading their code.
const metadata = () => run('n8n-generate-metadata');

exports.clean = clean;
exports.build = series(clean, parallel(compile, icons, codex), metadata);
exports.default = exports.build;
