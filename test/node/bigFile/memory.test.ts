import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MEGABYTE = 1024 * 1024;
const SIZE = 200 * MEGABYTE;

interface Transfer {
	uploading: number;
	downloading: number;
	sent: { file_size: number; announced: string };
	fetched: number;
}

let folder: string;
let storage: ChildProcess;

const start = (script: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
	spawn(process.execPath, ['--import', 'tsx', join(__dirname, script), ...args], {
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'inherit'],
	});

/** The one line of JSON that a process prints. */
async function lineOf<T>(child: ChildProcess): Promise<T> {
	if (!child.stdout) throw new Error('The process has no output');
	const lines = createInterface({ input: child.stdout });
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The process ended with ${String(code)} and said nothing`);
	});
	const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
	return JSON.parse(line) as T;
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'aha-files-'));
	storage = start('storage.ts', []);
});

afterAll(async () => {
	storage.kill();
	await rm(folder, { recursive: true });
});

test('a file of 200 MB raises memory by less than 50 MB, both ways', async () => {
	const env = await lineOf<NodeJS.ProcessEnv>(storage);
	const child = start('transfer.ts', [String(SIZE), folder], env);
	const { sent, fetched, uploading, downloading } = await lineOf<Transfer>(child);
	expect(String(sent.file_size)).toBe(sent.announced);
	expect(sent.file_size).toBeGreaterThan(SIZE);
	expect(fetched).toBe(SIZE);
	expect(uploading).toBeLessThan(50 * MEGABYTE);
	expect(downloading).toBeLessThan(50 * MEGABYTE);
}, 120_000);
