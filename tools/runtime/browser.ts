import { chromium, type Browser } from 'playwright-core';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const UNPACK =
	'import("@sparticuz/chromium").then(async ({ default: c }) => console.log(await c.executablePath()))';

/**
 * Unpacks the browser of the npm package to the temp folder unless it is there.
 * The package is an ES module, which jest cannot load, so this runs in its own process.
 *
 * @returns the path of the binary
 */
export async function browserBinary(): Promise<string> {
	const { stdout } = await promisify(execFile)(process.execPath, ['-e', UNPACK]);
	return stdout.trim();
}

/** Keeps Chromium from requests of its own, and lets it run without a screen. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-domain-reliability',
	'--disable-sync',
	'--font-render-hinting=none',
	'--no-pings',
];

/**
 * Starts a browser that sends all requests through a proxy, except those to this machine.
 *
 * @param proxyUrl the sandbox's proxy; its certificates are not checked
 */
export async function launchBrowser(proxyUrl: string): Promise<Browser> {
	return await chromium.launch({
		executablePath: await browserBinary(),
		args: [
			...FLAGS,
			'--ignore-certificate-errors',
			`--proxy-server=${proxyUrl}`,
			'--proxy-bypass-list=localhost;127.0.0.1',
		],
		// The package's own fonts, so that screenshots look the same on every machine.
		env: { ...process.env, FONTCONFIG_PATH: join(tmpdir(), 'fonts') },
	});
}
