import type { Browser, Page } from 'playwright-core';

import { runningDemo, type RunningDemo } from './runningDemo';
import { launchBrowser } from '../runtime/browser';
import { LOCAL_OWNER } from '../runtime/n8n';

/** The demo, and a browser in which a person has signed in to it. */
export interface Studio extends RunningDemo {
	readonly browser: Browser;
	/** A window with n8n's editor. */
	readonly page: Page;
	close(): Promise<void>;
}

export async function openStudio(width: number, height: number): Promise<Studio> {
	const demo = await runningDemo();
	const browser = await launchBrowser(demo.sandbox.proxyUrl);
	const context = await browser.newContext({
		ignoreHTTPSErrors: true,
		viewport: { width, height },
		colorScheme: 'light',
	});
	const page = await context.newPage();
	await page.goto(`${demo.n8n.url}/signin`);
	const form = page.locator('[data-test-id=auth-form]');
	await form.locator('input[type=email]').fill(LOCAL_OWNER.email);
	await form.locator('input[type=password]').fill(LOCAL_OWNER.password);
	await form.locator('[data-test-id=form-submit-button]').click();
	await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
	return {
		...demo,
		browser,
		page,
		close: async () => {
			await browser.close();
			await demo.stop();
		},
	};
}

/** Opens a workflow and shows all of its canvas. */
export async function openCanvas(page: Page, url: string, workflowId: string): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
	await page.keyboard.press('1');
	// The zoom is animated.
	await page.waitForTimeout(1_500);
}
